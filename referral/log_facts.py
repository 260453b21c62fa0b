"""What every log line of the request at hand says, whoever learns it. Without Django: gunicorn logs first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NUMBER = re.compile(r"\d(?:[ ().+-]*\d){3,}")

_facts: ContextVar[dict[str, str] | None] = ContextVar("log facts", default=None)


@contextmanager
def gathered(**first: str) -> Iterator[dict[str, str]]:
    """Gather facts until the block ends."""
    token = _facts.set(first)
    try:
        yield first
    finally:
        _facts.reset(token)


def note(**facts: str) -> None:
    """Add facts, or correct them."""
    current().update(facts)


def note_outcome(code: str) -> None:
    """Add what became of the request, or of a part of it: a refusal's or an error's code."""
    noted = current().get("outcome", "").split(",")
    note(outcome=",".join(sorted({*noted, code} - {""})))


def current() -> dict[str, str]:
    """What is known so far; nothing outside a request."""
    return _facts.get() or {}


def request_id() -> str | None:
    """The id that the answer's X-Request-ID and every log line of the request have; None outside one."""
    return current().get("request_id")


def without_numbers(text: str) -> str:
    """A text of the client's own, such as an address, without what may be a phone number or a code."""
    return NUMBER.sub("#", text)


def mask(number: str) -> str:
    """What a log may say of a phone number: its first and its last digits, such as +7911*****00."""
    return number[:5] + "*" * (len(number) - 7) + number[-2:]
