"""Invites: whose code brought a user here, once in a lifetime and never in a circle."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from referral import fixed_codes, invite_codes
from referral.models import Referral, User
from referral.referral_forest import is_above, lock_forest
from referral.refusals import (
    CircularInvite,
    InviteAlreadyActivated,
    InviteNotFound,
    OwnInvite,
    Refusal,
)


def activate(*, user_id: UUID, code: str, now: datetime) -> User:
    """Record that the owner of `code` brought a user here, and return that user. Repeating it is harmless.

    Raises InviteNotFound, InviteAlreadyActivated, OwnInvite, CircularInvite.
    """
    with transaction.atomic():
        inviter_id = _owner_of(code)
        users = lock_users(user_id, inviter_id)
        return _link(users[user_id], users[inviter_id], now)


def try_activate(*, user: User, code: str, now: datetime) -> User | Refusal:
    """`activate` inside the transaction of a sign-in, which a refusal must not undo: it is returned."""
    try:
        return activate(user_id=user.id, code=code, now=now)
    except Refusal as refusal:
        return refusal


def activated_code(user: User) -> str | None:
    """The invite code that a user activated, or None."""
    referral: Referral | None = getattr(user, "referral_as_invitee", None)
    return referral.code if referral else None


def invited_phones(*, inviter_id: UUID, first: int) -> list[str]:
    """Phone numbers of the first so many invitees, newest first, without erased accounts."""
    newest_first = ("-referral_as_invitee__created_at", "-referral_as_invitee__invitee_id")
    invitees = User.objects.filter(referral_as_invitee__inviter=inviter_id, phone__isnull=False)
    phones = invitees.order_by(*newest_first).values_list("phone", flat=True)[:first]
    return [phone for phone in phones if phone is not None]


def lock_users(*ids: UUID) -> dict[UUID, User]:
    """Users locked by id, in the one order in which everybody locks them."""
    users = User.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
    return {user.id: user for user in users}


def _owner_of(text: str) -> UUID:
    code = invite_codes.normalise(text)
    owner_id = User.objects.filter(invite_code=code).values_list("id", flat=True).first() if code else None
    if owner_id is None:
        raise InviteNotFound
    return owner_id


def _link(invitee: User, inviter: User, now: datetime) -> User:
    activated = activated_code(invitee)  # read only now: an earlier look could miss what the locks waited for
    if activated == inviter.invite_code:
        return invitee
    if activated is not None:
        raise InviteAlreadyActivated(activated)
    if invitee == inviter:
        raise OwnInvite
    if not inviter.is_active:
        raise InviteNotFound
    if fixed_codes.find(invitee.phone, now):  # a test number is nobody that anybody brought here
        raise InviteNotFound
    if _closes_loop(invitee, inviter):
        raise CircularInvite
    Referral.objects.create(invitee=invitee, inviter=inviter, code=inviter.invite_code, created_at=now)
    User.objects.filter(id=inviter.id).update(invited_count=F("invited_count") + 1)
    return invitee


def _closes_loop(invitee: User, inviter: User) -> bool:
    # Both users are locked, so nobody can be added below the invitee: without invitees, no loop can close.
    if not Referral.objects.filter(inviter=invitee).exists():
        return False
    lock_forest()
    return is_above(invitee.id, inviter.id)
