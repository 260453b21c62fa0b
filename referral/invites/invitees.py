"""Reading a user's invitees, newest first. Each read is one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from referral.models import Referral, User
from referral.storage.compiled_reads import CompiledQuery


@dataclass(frozen=True)
class Position:
    """A position in a user's list of invitees: an invitee and when they activated the code (UTC)."""

    created_at: datetime
    invitee_id: UUID


@dataclass(frozen=True)
class Page:
    """A page of the list, newest first, and whether there are more at either end."""

    referrals: list[Referral]
    has_newer: bool
    has_older: bool


def newest(
    *, inviter_id: UUID, count: int, after: Position | None = None, before: Position | None = None
) -> Page:
    """The `count` newest invitees older than `after` and newer than `before`."""
    found = _between(inviter_id, after, before).order_by("-created_at", "-invitee_id")[: count + 1]
    referrals = list(found)
    return Page(referrals[:count], after is not None, len(referrals) > count or before is not None)


def oldest(
    *, inviter_id: UUID, count: int, after: Position | None = None, before: Position | None = None
) -> Page:
    """The `count` oldest invitees older than `after` and newer than `before`."""
    found = _between(inviter_id, after, before).order_by("created_at", "invitee_id")[: count + 1]
    referrals = list(found)
    return Page(referrals[:count][::-1], len(referrals) > count or after is not None, before is not None)


def phones(*, inviter_id: UUID, count: int) -> list[str]:
    """Phone numbers of the `count` newest invitees, newest first, without erased accounts."""
    return [phone for (phone,) in _phones(count).rows(inviter_id=inviter_id)]


@cache
def _phones(count: int) -> CompiledQuery[User]:
    newest_first = ("-referral_as_invitee__created_at", "-referral_as_invitee__invitee_id")

    @CompiledQuery
    def newest(inviter_id: UUID) -> QuerySet[User, Any]:
        invitees = User.objects.filter(referral_as_invitee__inviter=inviter_id, phone__isnull=False)
        return invitees.order_by(*newest_first).values_list("phone")[:count]

    return newest


def _between(inviter_id: UUID, after: Position | None, before: Position | None) -> QuerySet[Referral]:
    """Bound `created_at`, which the index can seek, then exclude ties. An OR would read all rows before."""
    referrals = Referral.objects.select_related("invitee").filter(inviter=inviter_id)
    if after:
        same = Q(created_at=after.created_at, invitee__gte=after.invitee_id)
        referrals = referrals.filter(~same, created_at__lte=after.created_at)
    if before:
        same = Q(created_at=before.created_at, invitee__lte=before.invitee_id)
        referrals = referrals.filter(~same, created_at__gte=before.created_at)
    return referrals
