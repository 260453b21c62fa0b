"""How a phone number becomes a user."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from referral import compiled_writes, invite_codes
from referral.compiled_query import CompiledQuery
from referral.models import User

# Draws of a free code, should others take it in the same moment. Each is two statements and a savepoint.
DRAWS = 10


def get_or_create_user(number: str, now: datetime) -> tuple[User, bool]:
    """The user behind an E.164 number, and whether it is new; a new one gets its invite code here."""
    if user := _by_phone.first(phone=number):
        return user, False
    new = User(phone=number, invite_code=invite_codes.draw(), password=make_password(None), created_at=now)
    for _ in range(DRAWS - 1):
        with suppress(IntegrityError), transaction.atomic():  # the savepoint is rolled back
            compiled_writes.insert(new)
            return new, True
        # Since a moment ago somebody has this number, or this invite code.
        if user := _by_phone.first(phone=number):
            return user, False
        new.invite_code = _free_invite_code()
    compiled_writes.insert(new)
    return new, True


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
