"""Whoever waits for a connection gets one in turn.

SQLAlchemy's own queue wakes whoever has waited longest, but lets anybody who comes by in that moment take the
connection first: under load some wait until their patience is over while others never wait at all.
"""

import threading
from collections import deque
from typing import Generic, TypeVar

from sqlalchemy.util.queue import Empty, Full, QueueCommon

T = TypeVar("T")


class Turn(Generic[T]):
    """The place of one who waits."""

    def __init__(self) -> None:
        self.has_come = threading.Event()
        self.item: T | None = None


class FairQueue(QueueCommon[T]):
    """What SQLAlchemy's pool keeps idle connections in: an item is handed to the longest waiting, if any."""

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:
        self.maxsize, self.use_lifo = maxsize, use_lifo
        self._items: deque[T] = deque()
        self._waiting: deque[Turn[T]] = deque()
        self._lock = threading.RLock()  # a connection that is collected as garbage is put back at any moment

    def qsize(self) -> int:
        """How many items lie ready."""
        return len(self._items)

    def put(self, item: T, block: bool = True, timeout: float | None = None) -> None:
        """Hand an item on, or keep it. Never waits. Raises Full."""
        with self._lock:
            if self._waiting:
                turn = self._waiting.popleft()
                turn.item = item
                turn.has_come.set()
            elif 0 < self.maxsize <= len(self._items):
                raise Full
            else:
                self._items.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> T:
        """An item, after so many seconds at most. Raises Empty."""
        turn: Turn[T] = Turn()
        with self._lock:
            if self._items:  # then nobody waits
                return self._items.pop() if self.use_lifo else self._items.popleft()
            if not block:
                raise Empty
            self._waiting.append(turn)
        try:
            turn.has_come.wait(timeout)
        finally:
            item = self._leave(turn)
        if item is None:
            raise Empty
        return item

    def _leave(self, turn: Turn[T]) -> T | None:
        with self._lock:
            if turn.item is None and turn in self._waiting:
                self._waiting.remove(turn)
            return turn.item
