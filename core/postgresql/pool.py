"""A pool of connections, first come first served."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

import psycopg2

from core.postgresql.connection import Connection
from core.postgresql.slots import Room, Slot, Turn


class Gauge(Protocol):
    """A number that goes up and down."""

    def inc(self) -> None: ...
    def dec(self) -> None: ...


class Pool:
    """As many slots as connections may be open. A slot is free, in use, or on its way to a turn.

    Garbage collection may drop a connection, and free its slot, at any instant, also in a thread that
    holds the lock. So freeing a slot never waits for the lock. `_waiting` changes and `_free` shrinks under
    the lock only; what adds to either calls `_serve` afterwards; and if another holds the lock then, the
    holder calls `_serve` next.

    Locks are made with the pool: after gevent's monkey patch, and in each process anew.
    """

    def __init__(
        self, connect: Callable[[], Connection], *, size: int, timeout: float, opened: Gauge, in_use: Gauge
    ) -> None:
        """`opened` counts connections, `in_use` those that are taken. `timeout` is in seconds."""
        self._connect, self._timeout, self._opened, self._in_use = connect, timeout, opened, in_use
        self._free: deque[Slot] = deque([Room.EMPTY] * size)  # taken from the right
        self._waiting: deque[Turn] = deque()
        self._lock = threading.Lock()
        self._keeps = True

    def open(self) -> None:
        """Django's hook. Connections are opened when they are needed."""

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        self._keeps = False
        with self._lock:
            idle = [slot for slot in self._free if not isinstance(slot, Room)]
            for connection in idle:
                self._free.remove(connection)
                self._free.appendleft(Room.EMPTY)
        self._serve()
        for connection in idle:
            self._discard(connection)

    def getconn(self) -> Connection:
        """A connection that works.

        Raises psycopg2's OperationalError after the timeout, and what `connect` raises.
        """
        slot = self._take()
        try:
            connection = self._connection(slot)
        except BaseException:
            self._give(Room.EMPTY)
            raise
        connection._pool = self
        self._in_use.inc()
        return connection

    def putconn(self, connection: Connection) -> None:
        """Take back a connection, in whatever state. It is kept if it can be used again."""
        connection._pool = None
        self._in_use.dec()
        slot: Slot = Room.EMPTY
        try:
            if self._keeps and connection.is_clean():
                slot = connection
        finally:
            if slot is Room.EMPTY:
                self._discard(connection)
            self._give(slot)

    def lose(self) -> None:
        """Free the slot of a connection that was dropped in use. Touches no gauge: they have locks too."""
        self._give(Room.LOST)

    def _connection(self, slot: Slot) -> Connection:
        if slot is Room.LOST:
            self._in_use.dec()
            self._opened.dec()
        elif not isinstance(slot, Room):
            if slot.is_alive():
                return slot
            self._discard(slot)
        connection = self._connect()
        self._opened.inc()
        return connection

    def _discard(self, connection: Connection) -> None:
        connection.close()
        self._opened.dec()

    def _take(self) -> Slot:
        with self._lock:
            if self._free and not self._waiting:
                return self._free.pop()
            turn = Turn()
            self._waiting.append(turn)
        try:
            self._serve()
            turn.called.acquire(timeout=self._timeout)
        except BaseException:  # killed, perhaps after its turn had come
            if slot := self._leave(turn):
                self._give(slot)
            raise
        if slot := self._leave(turn):
            return slot
        raise psycopg2.OperationalError(f"No database connection was free for {self._timeout} seconds.")

    def _leave(self, turn: Turn) -> Slot | None:
        with self._lock:
            if turn.slot is None:
                self._waiting.remove(turn)
        self._serve()
        return turn.slot

    def _give(self, slot: Slot) -> None:
        if slot is Room.EMPTY:
            self._free.appendleft(slot)
        else:
            self._free.append(slot)
        self._serve()

    def _serve(self) -> None:
        while self._free and self._waiting and self._lock.acquire(blocking=False):
            try:
                if self._free and self._waiting:
                    turn = self._waiting.popleft()
                    turn.slot = self._free.pop()
                    turn.called.release()
            finally:
                self._lock.release()
