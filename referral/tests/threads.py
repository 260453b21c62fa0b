"""Real threads that start at the same time, each with its own database connection."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

Result = TypeVar("Result")


def at_once(acts: Sequence[Callable[[], Result]], *, connected: bool = True) -> list[Result | Exception]:
    """What each act returned or raised, in order. With `connected=False`, they wait for the pool too."""
    barrier = Barrier(len(acts), timeout=30)

    def run(act: Callable[[], Result]) -> Result | Exception:
        try:
            if connected:
                connection.ensure_connection()
            barrier.wait()
            return act()
        except Exception as error:  # noqa: BLE001, the test asserts which
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@contextmanager
def behind(
    lock: Callable[[], object], acts: Sequence[Callable[[], Result]]
) -> Iterator[list[Future[Result]]]:
    """Lock something, start acts, and run the block in the lock's transaction once all of them wait.

    An act that did not have to wait is done by then. PostgreSQL only.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            lock()
            started = [pool.submit(_closing, act) for act in acts]
            while _waiting() + sum(each.done() for each in started) < len(acts):
                time.sleep(0.01)
            yield started
        wait(started)


def _closing(act: Callable[[], Result]) -> Result:
    try:
        return act()
    finally:
        connection.close()


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (count,) = cursor.fetchone()
    return int(count)
