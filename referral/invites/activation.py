"""Activating an invite code."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from referral import crypto
from referral.budgets.budget import charged, wrong_invite_codes, wrong_invite_codes_of
from referral.client import UNKNOWN, Client
from referral.invites.forest import is_above, lock_forest
from referral.models import PhoneSignIn, Referral, User
from referral.people import test_numbers
from referral.people.users import lock_users
from referral.refusals import CircularInvite, InviteAlreadyActivated, InviteNotFound, OwnInvite, Refusal
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery
from referral.text import invite_codes


def activate(*, user: User, code: str, now: datetime, client: Client = UNKNOWN) -> User:
    """Make the owner of `code` the user's inviter, and return the user. Repeating it changes nothing.

    Raises InviteNotFound, InviteAlreadyActivated, OwnInvite, CircularInvite, RateLimited.
    """
    payer = UNKNOWN if test_numbers.code_of(user.phone, now) else client
    with charged(wrong_invite_codes(payer), wrong_invite_codes_of(user.id), for_=InviteNotFound):
        return _activate(user.id, code, now)


def try_activate(*, user: User, code: str, now: datetime) -> User | Refusal:
    """`activate` inside the transaction of a sign-in. Returns a refusal, as raising it would roll back.

    Spends no budget: the sign-in charges it after its commit.
    """
    try:
        return _activate(user.id, code, now)
    except Refusal as refusal:
        return refusal


def _activate(user_id: UUID, code: str, now: datetime) -> User:
    with transaction.atomic():
        inviter_id = _owner_of(code)
        users = lock_users(user_id, inviter_id)
        return _link(users[user_id], users[inviter_id], now)


def _owner_of(text: str) -> UUID:
    code = invite_codes.normalise(text)
    owner: UUID | None = _owner.value(code=code) if code else None
    if owner is None:
        raise InviteNotFound
    return owner


@CompiledQuery
def _owner(code: str) -> QuerySet[User, Any]:
    return User.objects.filter(invite_code=code).values_list("id")


def _link(invitee: User, inviter: User, now: datetime) -> User:
    # Read after locking, to see activations that the locks waited for.
    activated = _activated.value(invitee_id=invitee.id)
    if activated == inviter.invite_code:
        return invitee
    if activated is not None or _was_invitee(invitee):
        raise InviteAlreadyActivated(activated)
    if invitee == inviter:
        raise OwnInvite
    if not (invitee.is_active and inviter.is_active) or test_numbers.code_of(invitee.phone, now):
        raise InviteNotFound  # disabled and erased users take no part; test numbers are never invitees
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
    """Whether an erased account with this number was an invitee. Fixed while the user is locked."""
    return _invitee_before.exists(phone_hash=crypto.phone_hash(user.phone or ""))


@CompiledQuery
def _invitee_before(phone_hash: str) -> QuerySet[PhoneSignIn, Any]:
    return PhoneSignIn.objects.filter(phone_hash=phone_hash, was_invitee=True).values_list("was_invitee")


def _closes_loop(invitee: User, inviter: User) -> bool:
    # Both users are locked, so the invitee cannot gain invitees. Without any, no loop can close.
    if not _an_invitee.exists(inviter_id=invitee.id):
        return False
    lock_forest()
    return is_above(invitee.id, inviter.id)


@CompiledQuery
def _an_invitee(inviter_id: UUID) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(inviter=inviter_id).values_list("invitee")[:1]
