"""The limit's connection pool: as large as the service's, opened on demand."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from gevent.lock import BoundedSemaphore
from psycopg2.extensions import connection as Connection  # noqa: N812, a class
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from core.database import NETWORK, configuration


class Pool:
    """Waits if all connections are in use."""

    def __init__(self) -> None:
        settings = configuration()
        bounds = settings["OPTIONS"]["options"]
        self._options: dict[str, Any] = NETWORK | {"options": f"{bounds} -c timezone=UTC"}
        self._places = BoundedSemaphore(settings["POOL_OPTIONS"]["POOL_SIZE"])
        self._free: list[Connection] = []

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor in autocommit mode, as Django's are outside transactions."""
        with self._places:
            connection = self._free.pop() if self._free else self._connect()
            try:
                with connection.cursor() as cursor:
                    yield cursor
            finally:
                self._free.append(connection)

    def _connect(self) -> Connection:
        connection: Connection = psycopg2.connect(os.environ["DATABASE_URL"], **self._options)
        connection.autocommit = True
        return connection


@contextmanager
def transaction(cursor: Cursor) -> Iterator[None]:
    """Commit at the end of the block, or roll back on an exception."""
    cursor.connection.autocommit = False
    try:
        with cursor.connection:
            yield
    finally:
        cursor.connection.autocommit = True
