"""What a pool hands out, and the turn of a request that waits for it."""

import threading
from enum import Enum, auto

from core.postgresql.connection import Connection


class Room(Enum):
    """A slot without a connection: its taker opens one."""

    EMPTY = auto()
    LOST = auto()  # its connection was dropped in use, and the gauges still count it


Slot = Connection | Room


class Turn:
    """A place in the queue. `called` is released once there is a slot."""

    def __init__(self) -> None:
        self.slot: Slot | None = None
        # Not an Event, which runs Python under a lock of its own: garbage collection there could drop a
        # connection, and call this very turn.
        self.called = threading.Lock()
        self.called.acquire()
