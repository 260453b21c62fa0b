"""How a phone number becomes a user."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from referral import invite_codes
from referral.models import User

# With one invite code in a thousand taken, ten draws all fail once in 10^30.
DRAWS = 10


def get_or_create_user(number: str, now: datetime) -> tuple[User, bool]:
    """The user behind an E.164 number, and whether it is new; a new one gets its invite code here."""
    for _ in range(DRAWS - 1):
        with suppress(IntegrityError):  # somebody has this invite code; the savepoint is rolled back
            return _get_or_create(number, now)
    return _get_or_create(number, now)


def is_staff(number: str) -> bool:
    """Whether an E.164 number is that of somebody with rights in the admin."""
    return User.objects.filter(phone=number, is_staff=True).exists()


def _get_or_create(number: str, now: datetime) -> tuple[User, bool]:
    new = {"invite_code": invite_codes.draw(), "password": make_password(None), "created_at": now}
    return User.objects.get_or_create(phone=number, defaults=new)
