"""How a phone number becomes a user."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.db.models import QuerySet

from referral import invite_codes
from referral.compiled_query import CompiledQuery
from referral.models import User

# Draws of a free code, should others take it in the same moment. Each is two statements and a savepoint.
DRAWS = 10


def get_or_create_user(number: str, now: datetime) -> tuple[User, bool]:
    """The user behind an E.164 number, and whether it is new; a new one gets its invite code here."""
    if user := _by_phone.first(phone=number):
        return user, False
    with suppress(IntegrityError):  # somebody has this invite code; the savepoint is rolled back
        return _get_or_create(number, invite_codes.draw(), now)
    for _ in range(DRAWS - 1):
        with suppress(IntegrityError):
            return _get_or_create(number, _free_invite_code(), now)
    return _get_or_create(number, _free_invite_code(), now)


@CompiledQuery
def _by_phone(phone: str) -> QuerySet[User]:
    return User.objects.filter(phone=phone)


def is_staff(number: str) -> bool:
    """Whether an E.164 number is that of somebody with rights in the admin."""
    user = _by_phone.first(phone=number)
    return user is not None and user.is_staff


def lock_users(one: UUID, other: UUID | None = None) -> dict[UUID, User]:
    """One or two users locked by id, in the one order in which everybody locks them."""
    return {user.id: user for user in _locked.all(one=one, other=other or one)}


@CompiledQuery
def _locked(one: UUID, other: UUID) -> QuerySet[User]:
    return User.objects.select_for_update(no_key=True).filter(id__in=[one, other]).order_by("id")


def _free_invite_code() -> str:
    """One that nobody had a moment ago: of a thousand drawn at once, even where few are left."""
    drawn = invite_codes.draw_many()
    taken = set(User.objects.filter(invite_code__in=drawn).values_list("invite_code", flat=True))
    return next((code for code in drawn if code not in taken), drawn[0])


def _get_or_create(number: str, invite_code: str, now: datetime) -> tuple[User, bool]:
    new = {"invite_code": invite_code, "password": make_password(None), "created_at": now}
    return User.objects.get_or_create(phone=number, defaults=new)
