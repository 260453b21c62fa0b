"""How many connections, and how many of a worker's threads, one address may have."""

import logging
from collections import Counter, defaultdict, deque
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any

from core.addresses import canonical, subscriber_of
from core.server.answers import TOO_MANY
from core.server.client_socket import ClientSocket

logger = logging.getLogger(__name__)

WARN_EVERY = 60.0  # seconds
RECEIVED = 64 * 1024


def peer_of(address: Any) -> str:
    """The subscriber behind a socket's address; empty for a Unix socket."""
    canonical_address = canonical(address[0]) if address else None
    return subscriber_of(canonical_address) if canonical_address else ""


class Connections:
    """Counts the open connections of each peer, if `most` is not None."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        self._open: Counter[str] = Counter()
        self._lock = Lock()
        self._warned = -WARN_EVERY

    def admit(self, connection: Any, address: Any) -> ClientSocket | None:
        """The client's socket; None if its peer has too many connections, and then this one is closed."""
        peer = peer_of(address)
        with self._lock:
            if self.most is None or self._open[peer] < self.most:
                self._open[peer] += 1
                return ClientSocket(connection, lambda: self._release(peer))
        self._warn(peer)
        refuse(connection)
        return None

    def _release(self, peer: str) -> None:
        with self._lock:
            self._open[peer] -= 1
            if not self._open[peer]:
                del self._open[peer]

    def _warn(self, peer: str) -> None:
        if monotonic() - self._warned >= WARN_EVERY:
            self._warned = monotonic()
            logger.warning(
                "%s has %s connections; more are refused. Behind a proxy, set TRUSTED_PROXIES",
                peer,
                self.most,
            )


def refuse(connection: Any) -> None:
    """Send 503 and close, without waiting."""
    with suppress(OSError):
        connection.setblocking(False)
        connection.send(TOO_MANY)  # fits the empty buffer of a new connection
        connection.recv(RECEIVED)  # closing with unread bytes would reset the connection
    connection.close()


class Shares:
    """Gives each peer at most `size` of the threads. Its other connections wait for one."""

    def __init__(self, size: int | None) -> None:
        self.size = size
        self._used: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[Any]] = defaultdict(deque)

    def take(self, connection: Any) -> bool:
        """Whether the connection may have a thread now. Otherwise a later give_back() returns it."""
        peer = peer_of(connection.client)
        if self.size is None or self._used[peer] < self.size:
            self._used[peer] += 1
            return True
        self._waiting[peer].append(connection)
        return False

    def give_back(self, connection: Any) -> Any:
        """End a connection's turn. Returns the one that takes over its thread; None if none waits."""
        peer = peer_of(connection.client)
        if waiting := self._waiting.get(peer):
            return waiting.popleft()
        self._waiting.pop(peer, None)
        self._used[peer] -= 1
        if not self._used[peer]:
            del self._used[peer]
        return None
