import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from referral.management.purging import Purge, Tally, batches, by_primary_key, every
from referral.models import PhoneSignIn, ServiceDay, Session, SignInEvent
from referral.sign_in import codes

DAYS, MOST_DAYS = 90, 36_500
BATCH, LARGEST_BATCH = 1000, 10_000  # rows per transaction
REPORT_SECONDS = 10


class Command(BaseCommand):
    """Deletes rows that are no longer needed. Run it once a day, while the service runs.

    After each batch it pauses for as long as the batch took, so it uses half of what one connection can at
    most. Rows that another transaction has locked are left to the next run. An interrupted run has kept
    what it did.
    """

    help = "Delete old sign-in events, old sessions, and sign-in rows that are no longer needed."

    def add_arguments(self, parser: CommandParser) -> None:
        days, batch = _integer(0, MOST_DAYS), _integer(1, LARGEST_BATCH)
        parser.add_argument("--days", type=days, default=DAYS, help="days to keep events and sessions (90)")
        parser.add_argument("--batch", type=batch, default=BATCH, help="rows per transaction (1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        purges = list(_purges(now - timedelta(days=options["days"]), now))
        tallies = {purge.name: Tally() for purge in purges}
        try:
            for purge in purges:
                self._run(purge, tallies[purge.name], options["batch"])
        except DatabaseError as error:
            raise CommandError(f"Stopped half-way: {str(error).strip()}. {_text(tallies)}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted. {_text(tallies)}", returncode=130) from None
        self.stdout.write(_text(tallies))

    def _run(self, purge: Purge[Any], tally: Tally, size: int) -> None:
        began = reported = time.monotonic()
        for batch in batches(purge, size):
            tally.add(batch)
            now = time.monotonic()
            if now - reported > REPORT_SECONDS:
                self.stdout.write(f"{tally.deleted} {purge.name} deleted so far.")
                self.stdout.flush()
                reported = now
            time.sleep(now - began)
            began = time.monotonic()


def _integer(least: int, most: int) -> Any:
    """A parser of an argument between two bounds."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ArgumentTypeError(f"{text!r} is not between {least} and {most}")
        return int(text)

    return parse


def _text(tallies: dict[str, Tally]) -> str:
    deleted = ", ".join(f"{tally.deleted} {name}" for name, tally in tallies.items())
    in_use = sum(tally.in_use for tally in tallies.values())
    left = f" Left to the next run, because they were in use: {in_use} rows." if in_use else ""
    return f"Deleted: {deleted}.{left}"


def _purges(before: datetime, now: datetime) -> Iterator[Purge[Any]]:
    """What the tables hold that ended before a time (UTC), and sign-in rows that say nothing now."""
    old_events = SignInEvent.objects.filter(created_at__lt=before)
    yield Purge(
        name="events",
        rows=old_events.order_by("created_at", "id").only("created_at"),
        after=_later_event,
        over=every,
    )
    yield Purge(
        name="sessions",
        rows=Session.objects.order_by("id").only("created_at", "last_used_at", "ended_at"),
        after=by_primary_key,
        over=lambda session: _has_ended(session, before),
    )
    yield Purge(
        name="sign-in rows",
        rows=PhoneSignIn.objects.of_numbers().order_by("phone_hash"),
        after=by_primary_key,
        over=lambda row: codes.can_be_deleted(row, now),
    )
    yield Purge(
        name="service days",
        rows=ServiceDay.objects.filter(day__lt=before.date()).order_by("day"),
        after=by_primary_key,
        over=every,
    )


def _later_event(event: SignInEvent) -> Q:
    """The events after this one. The first condition is the one that the index answers."""
    at = event.created_at
    return Q(created_at__gte=at) & (Q(created_at__gt=at) | Q(id__gt=event.id))


def _has_ended(session: Session, before: datetime) -> bool:
    """Whether a session expired or was ended before a time (UTC)."""
    policy = settings.SIGN_IN_POLICY
    return (
        (session.ended_at is not None and session.ended_at < before)
        or session.last_used_at < before - policy.session_idle
        or session.created_at < before - policy.session_absolute
    )
