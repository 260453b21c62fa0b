"""The fields that every log line of a request carries. Without Django: gunicorn logs before it is set up."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_fields: ContextVar[dict[str, str] | None] = ContextVar("log fields", default=None)


@contextmanager
def collect(**first: str) -> Iterator[dict[str, str]]:
    """Collect fields until the block ends."""
    token = _fields.set(first)
    try:
        yield first
    finally:
        _fields.reset(token)


def add(**fields: str) -> None:
    """Add fields to the request's log lines, or replace them. Does nothing outside a request."""
    if (collected := _fields.get()) is not None:
        collected.update(fields)


def current() -> dict[str, str]:
    """The fields collected so far; empty outside a request."""
    return _fields.get() or {}


def request_id() -> str | None:
    """The id in the answer's X-Request-ID and in every log line of the request; None outside a request."""
    return current().get("request_id")
