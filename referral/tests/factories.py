"""Domain objects for tests, numbered rather than random."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import count
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from referral import crypto, sign_in
from referral.client import Client
from referral.models import PhoneSignIn, Session, User
from referral.people.users import get_or_create_user
from referral.sessions import start
from referral.sms.gateway import gateways
from referral.sms.memory import MemoryGateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLIENT = Client(user_agent="tests", address="192.0.2.1")
numbers = count(1_000_000)  # tests that write a number out use smaller ones


def new_number() -> str:
    """An E.164 number that no other test uses."""
    return f"+7911{next(numbers):07}"


def new_user() -> User:
    user, is_new = get_or_create_user(new_number(), NOON)
    assert is_new
    return user


def new_session(user: User | None = None, now: datetime = NOON) -> Session:
    return start(user=user or new_user(), client=CLIENT, now=now)


def sent_code(number: str, now: datetime = NOON) -> str:
    """Request a code and read it from the outbox."""
    sign_in.request_code(phone=number, now=now)
    (memory,) = gateways().values()
    assert isinstance(memory, MemoryGateway)
    return next(code_in(text) for to, text in reversed(memory.outbox) if to == number)


def code_in(text: str) -> str:
    """The code in a sign-in text, from its last line."""
    return text.rpartition("#")[2]


def wrong(code: str) -> str:
    """A different code of the same length."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def verify(number: str, code: str, now: datetime = NOON, invite_code: str | None = None) -> sign_in.SignedIn:
    return sign_in.verify_code(phone=number, code=code, invite_code=invite_code, client=CLIENT, now=now)


def row_of(number: str) -> PhoneSignIn:
    return PhoneSignIn.objects.get(phone_hash=crypto.phone_hash(number))


def add_decoys() -> None:
    """Add the decoys as the migration does. A test that empties the tables removes them."""
    migration = import_module("referral.migrations.0007_ceilings_and_decoys")
    migration.add_decoys(apps, SimpleNamespace(connection=connection))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
