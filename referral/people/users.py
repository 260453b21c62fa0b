"""Finding, creating and locking users."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from referral.models import User
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery
from referral.text import invite_codes

# How often to draw an invite code while concurrent sign-ups take the drawn ones. A draw costs a savepoint
# and two statements.
DRAWS = 10
DRAWN_AT_ONCE = 1000  # in every draw after the first


def get_or_create_user(number: str, now: datetime) -> tuple[User, bool]:
    """The user with an E.164 number, and whether it is new. A new user gets an invite code."""
    if user := _by_phone.first(phone=number):
        return user, False
    new = User(phone=number, invite_code=invite_codes.draw(), password=make_password(None), created_at=now)
    for _ in range(DRAWS - 1):
        with suppress(IntegrityError), transaction.atomic():  # a savepoint
            compiled_writes.insert(new)
            return new, True
        # Another request has just taken the number or the invite code.
        if user := _by_phone.first(phone=number):
            return user, False
        new.invite_code = _free_invite_code()
    compiled_writes.insert(new)
    return new, True


def is_staff(number: str) -> bool:
    """Whether the user with an E.164 number is staff."""
    user = _by_phone.first(phone=number)
    return user is not None and user.is_staff


def lock_users(one: UUID, other: UUID | None = None) -> dict[UUID, User]:
    """One or two users by id, locked in order of id until the transaction ends."""
    return {user.id: user for user in _locked.all(one=one, other=other or one)}


@CompiledQuery
def _by_phone(phone: str) -> QuerySet[User]:
    return User.objects.filter(phone=phone)


@CompiledQuery
def _locked(one: UUID, other: UUID) -> QuerySet[User]:
    return User.objects.select_for_update(no_key=True).filter(id__in=[one, other]).order_by("id")


def _free_invite_code() -> str:
    """A code that was free when checked. Draws many at once, to find one even if few are left."""
    drawn = [invite_codes.draw() for _ in range(DRAWN_AT_ONCE)]
    taken = set(User.objects.filter(invite_code__in=drawn).values_list("invite_code", flat=True))
    return next((code for code in drawn if code not in taken), drawn[0])
