from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from referral.models import PhoneSignIn, ServiceDay, Session, SignInEvent
from referral.sign_in import codes

DAYS = 90
BATCH = 1000  # rows per transaction: a sign-in that needs one of them waits only briefly


class Command(BaseCommand):
    """Deletes rows that are no longer needed. Run it once a day."""

    help = "Delete old sign-in events, old sessions, and sign-in rows that are no longer needed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="days to keep events and sessions (90)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        before = now - timedelta(days=options["days"])
        events, _ = SignInEvent.objects.filter(created_at__lt=before).delete()
        sessions, _ = _ended(before).delete()
        ServiceDay.objects.filter(day__lt=before.date()).delete()
        numbers = sum(_delete(hashes, now) for hashes in _batches())
        self.stdout.write(f"Deleted: {events} events, {sessions} sessions, {numbers} sign-in rows.")


def _ended(before: datetime) -> Any:
    """Sessions that expired or were ended before a time (UTC)."""
    policy = settings.SIGN_IN_POLICY
    idle = Q(last_used_at__lt=before - policy.session_idle)
    old = Q(created_at__lt=before - policy.session_absolute)
    return Session.objects.filter(Q(ended_at__lt=before) | idle | old)


def _batches() -> Iterator[list[str]]:
    last = ""
    rows = PhoneSignIn.objects.filter(consecutive_wrong_guesses=0, was_invitee=False)
    hashes_of_rows = rows.order_by("phone_hash").values_list("pk", flat=True)
    while hashes := list(hashes_of_rows.filter(pk__gt=last)[:BATCH]):
        yield hashes
        last = hashes[-1]


def _delete(hashes: list[str], now: datetime) -> int:
    """Delete the rows that can be deleted and are not locked by a sign-in. Returns how many."""
    with transaction.atomic():
        rows = PhoneSignIn.objects.select_for_update(skip_locked=True).filter(pk__in=hashes)
        deletable = [row.pk for row in rows if codes.can_be_deleted(row, now)]
        return PhoneSignIn.objects.filter(pk__in=deletable).delete()[0]
