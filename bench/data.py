"""Who is in the database: users with sessions, and referrals between them."""

import random
from datetime import datetime, timedelta
from itertools import count, islice

from django.db import connection

from referral.invite_codes import ALPHABET
from referral.models import Referral, Session, User

numbers = count()


def users(how_many: int, now: datetime, *, invited: int = 0) -> list[User]:
    """New ones, each with a phone number, an invite code and a count of invitees."""
    return User.objects.bulk_create(
        User(
            phone=f"+7911{number:07}",
            invite_code=invite_code(number),
            invited_count=invited,
            password="!",  # noqa: S106, none
            created_at=now,
        )
        for number in islice(numbers, how_many)
    )


def sessions(of: list[User], now: datetime) -> list[Session]:
    """A new one for each user."""
    times = {"confirmed_at": now, "created_at": now, "last_used_at": now}
    return Session.objects.bulk_create(Session(user=user, **times) for user in of)


def invitees(inviter: User, invited: list[User], now: datetime) -> None:
    """Somebody's invitees, who came at some time in the last months."""
    Referral.objects.bulk_create(
        Referral(
            invitee=invitee,
            inviter=inviter,
            code=inviter.invite_code,
            created_at=now - timedelta(seconds=random.randrange(10**7)),
        )
        for invitee in invited
    )


def invite_code(number: int) -> str:
    """The so-manieth code."""
    letters = []
    for _ in range(6):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def tidy() -> None:
    """Leave nothing for PostgreSQL to clean up while somebody measures."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
