"""Invites: whose code brought a user here, once in a lifetime and never in a circle."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from referral import compiled_writes, crypto, fixed_codes, invite_codes
from referral.compiled_query import CompiledQuery
from referral.models import PhoneSignIn, Referral, ReferralVoid, User
from referral.referral_forest import is_above, lock_forest
from referral.refusals import (
    CircularInvite,
    InviteAlreadyActivated,
    InviteNotFound,
    OwnInvite,
    Refusal,
)
from referral.users import lock_users


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


def void(*, invitee_id: UUID, reason: str, staff: User, now: datetime) -> bool:
    """Take a referral back, for staff: the inviter's count follows, and the invitee is free for another.

    False if there is none. What it was is kept, with the reason, by whom and when.
    """
    with transaction.atomic(durable=True):
        seen = Referral.objects.filter(invitee=invitee_id).first()
        locked = lock_users(invitee_id, seen.inviter_id) if seen else {}
        referral = Referral.objects.filter(invitee=invitee_id, inviter__in=locked).first()
        if referral is None:  # nor was there while the locks were waited for
            return False
        ReferralVoid.objects.create(
            invitee_id=invitee_id,
            inviter_id=referral.inviter_id,
            code=referral.code,
            created_at=referral.created_at,
            reason=reason,
            staff=staff,
            voided_at=now,
        )
        referral.delete()
        User.objects.filter(id=referral.inviter_id).update(invited_count=F("invited_count") - 1)
    return True


def _owner_of(text: str) -> UUID:
    code = invite_codes.normalise(text)
    owner = _owner.first(code=code) if code else None
    if owner is None:
        raise InviteNotFound
    return owner.id


@CompiledQuery
def _owner(code: str) -> QuerySet[User]:
    return User.objects.filter(invite_code=code)


def _link(invitee: User, inviter: User, now: datetime) -> User:
    # Read only now: an earlier look could miss what the locks waited for.
    activated = next((code for (code,) in _activated.rows(invitee_id=invitee.id)), None)
    if activated == inviter.invite_code:
        return invitee
    if activated is not None or _was_invitee(invitee):
        raise InviteAlreadyActivated(activated)
    if invitee == inviter:
        raise OwnInvite
    if not (invitee.is_active and inviter.is_active) or fixed_codes.find(invitee.phone, now):
        raise InviteNotFound  # an erased account brings nobody, and nobody brings one, or a test number
    if _closes_loop(invitee, inviter):
        raise CircularInvite
    referral = Referral(invitee=invitee, inviter=inviter, code=inviter.invite_code, created_at=now)
    compiled_writes.insert(referral)
    User.objects.filter(id=inviter.id).update(invited_count=F("invited_count") + 1)
    return invitee


@CompiledQuery
def _activated(invitee_id: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(invitee=invitee_id).values_list("code")


def _was_invitee(user: User) -> bool:
    """Whether an erased account of the same number was brought already. That cannot change meanwhile."""
    return bool(_invitee_before.rows(phone_hash=crypto.phone_hash(user.phone or "")))


@CompiledQuery
def _invitee_before(phone_hash: str) -> QuerySet[PhoneSignIn, Any]:
    return PhoneSignIn.objects.filter(phone_hash=phone_hash, was_invitee=True).values_list("was_invitee")


def _closes_loop(invitee: User, inviter: User) -> bool:
    # Both users are locked, so nobody can be added below the invitee: without invitees, no loop can close.
    if not _an_invitee.rows(inviter_id=invitee.id):
        return False
    lock_forest()
    return is_above(invitee.id, inviter.id)


@CompiledQuery
def _an_invitee(inviter_id: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(inviter=inviter_id).values_list("invitee")[:1]
