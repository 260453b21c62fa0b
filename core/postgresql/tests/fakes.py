"""What a pool is given, without PostgreSQL."""

from collections.abc import Callable
from typing import Any

from core.postgresql.connection import Connection
from core.postgresql.pool import Pool


class FakeConnection:
    _pool: Pool | None = None
    __del__ = Connection.__del__

    def __init__(self) -> None:
        self.alive, self.clean, self.closed = True, True, False

    def is_alive(self) -> bool:
        return self.alive

    def is_clean(self) -> bool:
        return self.clean

    def close(self) -> None:
        self.closed = True


class Count:
    value = 0

    def inc(self) -> None:
        self.value += 1

    def dec(self) -> None:
        self.value -= 1


def new_pool(size: int = 1, connect: Callable[[], Any] = FakeConnection, timeout: float = 30) -> Any:
    return Pool(connect, size=size, timeout=timeout, opened=Count(), in_use=Count())


def counts(pool: Any) -> tuple[int, int]:
    """How many connections are open, and how many of them in use, as the gauges have it."""
    return pool._opened.value, pool._in_use.value
