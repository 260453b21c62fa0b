"""Fields of a request's log lines, with phone numbers masked.

Does not import Django, because gunicorn logs before Django is set up.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What may stand between two digits of a number: spaces, dashes and direction marks as in any text, and
# anything percent-encoded (except a digit) or escaped as in a repr.
SEPARATOR = (
    r"(?:[^\S\n]|[()./+\uff0b_\-\u00ad\u200b-\u2015\u202a-\u202e\u2060-\u2069\u2212\ufeff\uff0d]"
    r"|%(?!3\d)[0-9A-Fa-f]{2}|\\{1,2}(?:t|x[0-9a-f]{2}|u[0-9a-f]{4}))"
)
SEPARATORS = re.compile(SEPARATOR)
BETWEEN = rf"{SEPARATOR}{{0,9}}"  # bounded, so that the time is linear
PLUS = re.compile(r"\+|\uff0b|%2B", re.IGNORECASE)
CODE = re.compile(rf"\d(?:{BETWEEN}\d){{3,}}")
SHOWN_FIRST, SHOWN_LAST = 3, 2  # digits, where they are less than half of all

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
    """A phone number, in any spelling, with less than half of its digits, such as +791******01."""
    digits = SEPARATORS.sub("", number)
    shown = max(0, len(digits) - 1) // 2
    last = min(SHOWN_LAST, shown)
    first = min(SHOWN_FIRST, shown - last)
    hidden = len(digits) - first - last
    plus = "+" if PLUS.match(number) else ""
    return plus + digits[:first] + "*" * hidden + digits[first + hidden :]


def without_numbers(text: str) -> str:
    """A client's text, such as a path, with digits that may be a phone number or a code replaced by #."""
    return CODE.sub("#", text)
