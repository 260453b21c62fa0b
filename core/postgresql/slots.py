"""The slots of a pool, and the turn of a request that waits for one."""

import threading
from enum import Enum, auto

from core.postgresql.connection import Connection


class Room(Enum):
    """A slot without a connection. A request that takes it opens one."""

    EMPTY = auto()
    LOST = auto()  # its connection was dropped while in use; the gauges still count it


Slot = Connection | Room


class Turn:
    """A place in the queue. `called` is released once `slot` is set."""

    def __init__(self) -> None:
        self.slot: Slot | None = None
        # Not an Event, which runs Python code while it holds its own lock. Garbage collection in there could
        # drop a connection and serve this very turn: a deadlock.
        self.called = threading.Lock()
        self.called.acquire()
