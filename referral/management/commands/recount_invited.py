from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from referral.models import Referral, User
from referral.people.users import lock_users

BATCH = 10_000  # users counted per statement


class Command(BaseCommand):
    """Compares every user's invited_count with the referrals, and corrects it."""

    help = "Check every user's number of invitees, and correct wrong counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only report")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for user_id in _suspects():
            user, right = _recount(user_id, mend=not options["dry_run"])
            if user.invited_count != right:
                wrong += 1
                self.stdout.write(f"{user.id}: {user.invited_count} should be {right}.")
        self.stdout.write(f"Users with a wrong count: {wrong}.")


def _suspects() -> Iterator[UUID]:
    """Users whose count looks wrong when read without a lock. Some may just be changing."""
    last = None
    users, right = User.objects.order_by("id"), Coalesce(Subquery(_count()), 0)
    while batch := list((users.filter(id__gt=last) if last else users).values_list("id", flat=True)[:BATCH]):
        between = User.objects.filter(id__gte=batch[0], id__lte=batch[-1])
        yield from between.exclude(invited_count=right).values_list("id", flat=True)
        last = batch[-1]


def _count() -> QuerySet[Referral, int]:
    """The number of a user's invitees, from the index: a join would read all referrals for each batch."""
    mine = Referral.objects.filter(inviter=OuterRef("id")).order_by()
    return mine.values("inviter").annotate(count=Count("invitee")).values_list("count", flat=True)


def _recount(user_id: UUID, *, mend: bool) -> tuple[User, int]:
    """A user before the correction, and the right count, taken while the user is locked."""
    with transaction.atomic():
        user = lock_users(user_id)[user_id]
        right = Referral.objects.filter(inviter=user).count()
        if mend:
            User.objects.filter(id=user_id).update(invited_count=right)
    return user, right
