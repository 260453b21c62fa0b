"""psycopg2's connection, with checks whether it can be used again."""

from __future__ import annotations

from typing import Protocol

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from psycopg2.extensions import connection as PlainConnection  # noqa: N812, a class


class Owner(Protocol):
    """The pool of a connection that is in use."""

    def lose(self) -> None: ...


class Connection(PlainConnection):
    """A connection of a pool."""

    _pool: Owner | None = None  # while it is in use; Django gives it back by this name

    def __del__(self) -> None:
        """Free the slot of a connection dropped while in use, by a thread that ended. psycopg2 closes it."""
        if self._pool is not None:
            self._pool.lose()

    def is_alive(self) -> bool:
        """Whether the server has left the connection open, as far as the client knows.

        It never waits and asks nothing: a round trip takes longer than many a statement. A server that ends
        says so and then closes: two things to read, so psycopg2 is made to read twice. Where a server
        vanished without a word, TCP keepalives close the connection (core/database.py).
        """
        try:
            self.poll()
            self.poll()
        except psycopg2.Error:
            return False
        return True

    def is_clean(self) -> bool:
        """Roll back an open transaction. Whether the connection is then open and idle.

        Where a statement said BEGIN in autocommit mode, psycopg2 knows of no transaction and rolls none back.
        """
        if self.get_transaction_status() == TRANSACTION_STATUS_IDLE:
            return True
        try:
            self.rollback()
        except psycopg2.Error:  # closed, too
            return False
        return self.get_transaction_status() == TRANSACTION_STATUS_IDLE
