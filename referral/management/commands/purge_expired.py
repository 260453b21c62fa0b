from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from referral import sign_in_codes
from referral.models import PhoneSignIn, ServiceDay, Session, SignInEvent
from referral.policy import policy

DAYS = 90
BATCH = 1000  # rows of one transaction, so that nobody who signs in waits for long


class Command(BaseCommand):
    """Removes what is of no use any more. Run it once a day."""

    help = "Remove old sign-in events, sessions that are over, and what is remembered of numbers for nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=DAYS, help="how long to keep events and sessions (90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        before = now - timedelta(days=options["days"])
        events, _ = SignInEvent.objects.filter(created_at__lt=before).delete()
        sessions, _ = _over(before).delete()
        ServiceDay.objects.filter(day__lt=before.date()).delete()
        numbers = sum(_forget(hashes, now) for hashes in _batches())
        self.stdout.write(f"Removed: {events} events, {sessions} sessions, {numbers} numbers' rows.")


def _over(before: datetime) -> Any:
    """Sessions that ended so long ago, by themselves or by somebody."""
    idle = Q(last_used_at__lt=before - policy().session_idle)
    old = Q(created_at__lt=before - policy().session_absolute)
    return Session.objects.filter(Q(ended_at__lt=before) | idle | old)


def _batches() -> Iterator[list[str]]:
    last = ""
    rows = PhoneSignIn.objects.filter(consecutive_failures=0, was_invitee=False)
    hashes_of_rows = rows.order_by("phone_hash").values_list("pk", flat=True)
    while hashes := list(hashes_of_rows.filter(pk__gt=last)[:BATCH]):
        yield hashes
        last = hashes[-1]


def _forget(hashes: list[str], now: datetime) -> int:
    """Delete those of the rows that say nothing, unless somebody is signing in with them just now."""
    with transaction.atomic():
        rows = PhoneSignIn.objects.select_for_update(skip_locked=True).filter(pk__in=hashes)
        forgotten = [row.pk for row in rows if sign_in_codes.is_forgotten(row, now)]
        return PhoneSignIn.objects.filter(pk__in=forgotten).delete()[0]
