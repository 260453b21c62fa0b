"""Reading who a user brought here, newest first. Each is one statement, however many there are."""

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
    """A place in a user's list of invitees: just at the invitee who came at this instant (UTC)."""

    created_at: datetime
    invitee_id: UUID


@dataclass(frozen=True)
class Page:
    """Some neighbours of the list, newest first, and whether it goes on at either end."""

    referrals: list[Referral]
    has_newer: bool
    has_older: bool


def newest(
    *, inviter_id: UUID, count: int, after: Position | None = None, before: Position | None = None
) -> Page:
    """The `count` newest of those older than `after` and newer than `before`."""
    found = _between(inviter_id, after, before).order_by("-created_at", "-invitee_id")[: count + 1]
    referrals = list(found)
    return Page(referrals[:count], after is not None, len(referrals) > count or before is not None)


def oldest(
    *, inviter_id: UUID, count: int, after: Position | None = None, before: Position | None = None
) -> Page:
    """The `count` oldest of those older than `after` and newer than `before`."""
    found = _between(inviter_id, after, before).order_by("created_at", "invitee_id")[: count + 1]
    referrals = list(found)
    return Page(referrals[:count][::-1], len(referrals) > count or after is not None, before is not None)


def phones(*, inviter_id: UUID, count: int) -> list[str]:
    """Phone numbers of the newest so many invitees, newest first, without erased accounts."""
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
    """By instant first, which the index can seek, and only there by invitee: an OR would read all before."""
    referrals = Referral.objects.select_related("invitee").filter(inviter=inviter_id)
    if after:
        same = Q(created_at=after.created_at, invitee__gte=after.invitee_id)
        referrals = referrals.filter(~same, created_at__lte=after.created_at)
    if before:
        same = Q(created_at=before.created_at, invitee__lte=before.invitee_id)
        referrals = referrals.filter(~same, created_at__gte=before.created_at)
    return referrals
