"""The data in the database: users with sessions, live codes and referrals."""

import random
from datetime import timedelta
from functools import cache
from itertools import count, islice

from django.db import connection
from django.utils import timezone

import bench.application  # noqa: F401, sets up Django
from referral import crypto
from referral.models import PhoneSignIn, Referral, Session, User
from referral.sign_in import codes
from referral.text.invite_codes import ALPHABET

PEOPLE = 20_000
VIEWERS, INVITEES = 100, 20
CODE = "1234"
_numbers = count()


def fill() -> None:
    """Create users, each with a session: so many that PostgreSQL uses its indexes."""
    sessions(users(PEOPLE))


@cache
def viewers() -> list[Session]:
    """Sessions of a hundred users with the same inviter and twenty invitees each."""
    (first,), shown = users(1, invited=VIEWERS), users(VIEWERS, invited=INVITEES)
    _refer(first, shown)
    for viewer in shown:
        _refer(viewer, users(INVITEES))
    return sessions(shown)


def users(how_many: int, *, invited: int = 0) -> list[User]:
    """Create users, each with a phone number, an invite code and a count of invitees."""
    return User.objects.bulk_create(
        User(phone=phone(number), invite_code=invite_code(number), invited_count=invited, password="!")  # noqa: S106
        for number in islice(_numbers, how_many)
    )


def sessions(of: list[User]) -> list[Session]:
    """Create a session for each user."""
    now = timezone.now()
    times = {"confirmed_at": now, "created_at": now, "last_used_at": now}
    return Session.objects.bulk_create(Session(user=user, **times) for user in of)


def new_phones(how_many: int) -> list[str]:
    """Phone numbers without a user."""
    return [phone(number) for number in islice(_numbers, how_many)]


def send_codes(to: list[str]) -> None:
    """Make CODE the live code of each number."""
    now = timezone.now()
    rows = [PhoneSignIn(phone_hash=crypto.phone_hash(number)) for number in to]
    for row, number in zip(rows, to, strict=True):
        codes.put(row, number, CODE, now)
    PhoneSignIn.objects.bulk_create(rows)


def phone(number: int) -> str:
    """The nth phone number."""
    return f"+7911{number:07}"


def invite_code(number: int) -> str:
    """The nth invite code. It has seven characters, so it cannot collide with the service's six."""
    letters = []
    for _ in range(7):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def tidy() -> None:
    """Vacuum and checkpoint, so that PostgreSQL does not do so during a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _refer(inviter: User, invitees: list[User]) -> None:
    """Create referrals at random times within the last four months."""
    now, code = timezone.now(), inviter.invite_code
    Referral.objects.bulk_create(
        Referral(
            invitee=invitee,
            inviter=inviter,
            code=code,
            created_at=now - timedelta(seconds=random.randrange(10**7)),
        )
        for invitee in invitees
    )
