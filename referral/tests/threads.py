"""Real threads that start at the same time, each with its own database connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

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
