"""Fields of a request's log lines, with phone numbers masked.

Does not import Django, because gunicorn logs before Django is set up.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NUMBER = re.compile(r"\d(?:[ ().+-]*\d){3,}")

_fields: ContextVar[dict[str, str] | None] = ContextVar("log fields", default=None)


@contextmanager
def collect(**first: str) -> Iterator[dict[str, str]]:
    """Collect fields, starting with `first`, until the block ends."""
    token = _fields.set(first)
    try:
        yield first
    finally:
        _fields.reset(token)


def add(**fields: str) -> None:
    """Add fields to the request's log lines, or replace them. Does nothing outside a request."""
    if (collected := _fields.get()) is not None:
        collected.update(fields)


def add_phone(number: str) -> None:
    """Add a phone number (E.164), masked."""
    add(phone=mask(number))


def current() -> dict[str, str]:
    """The fields collected so far; empty outside a request."""
    return _fields.get() or {}


def request_id() -> str | None:
    """The id in the X-Request-ID header and in all log lines of the request; None outside a request."""
    return current().get("request_id")


def mask(number: str) -> str:
    """A phone number without its middle digits, such as +7911*****00."""
    return number[:5] + "*" * (len(number) - 7) + number[-2:]


def without_numbers(text: str) -> str:
    """A client's text, such as a path, with digits that may be a phone number or a code replaced by #."""
    return NUMBER.sub("#", text)
