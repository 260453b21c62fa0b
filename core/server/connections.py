"""How many connections, and how many of a worker's threads, one address may have."""

import logging
from collections import Counter, defaultdict, deque
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address, ip_network
from threading import Lock
from time import monotonic
from typing import Any

from core.server.answers import TOO_MANY
from core.server.client_socket import ClientSocket

logger = logging.getLogger(__name__)

WARN_EVERY = 60.0  # seconds
RECEIVED = 64 * 1024


@lru_cache(maxsize=1000)
def network_of(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 address, which usually belongs to one subscriber."""
    with suppress(ValueError):
        parsed = ip_address(address.partition("%")[0])
        mapped = getattr(parsed, "ipv4_mapped", None)
        if mapped or parsed.version == 4:  # noqa: PLR2004, IPv4
            return str(mapped or parsed)
        return str(ip_network(f"{parsed}/64", strict=False))
    return address


class Connections:
    """Counts the open connections of each network, if `most` is not None."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        self._open: Counter[str] = Counter()
        self._lock = Lock()
        self._warned = -WARN_EVERY

    def admit(self, connection: Any, peer: Any) -> ClientSocket | None:
        """The client's socket; None if its network has too many connections, and then this one is closed."""
        network = network_of(peer[0]) if peer else ""
        with self._lock:
            if self.most is None or self._open[network] < self.most:
                self._open[network] += 1
                return ClientSocket(connection, lambda: self._release(network))
        self._warn(network)
        refuse(connection)
        return None

    def _release(self, network: str) -> None:
        with self._lock:
            self._open[network] -= 1
            if not self._open[network]:
                del self._open[network]

    def _warn(self, network: str) -> None:
        if monotonic() - self._warned >= WARN_EVERY:
            self._warned = monotonic()
            logger.warning(
                "%s has %s connections; more are refused. Behind a proxy, set TRUSTED_PROXIES",
                network,
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
    """Gives each network at most `size` of the threads. Its other connections wait for one."""

    def __init__(self, size: int | None) -> None:
        self.size = size
        self._used: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[Any]] = defaultdict(deque)

    def take(self, connection: Any) -> bool:
        """Whether the connection may have a thread now. Otherwise a later give_back() returns it."""
        network = self._network(connection)
        if self.size is None or self._used[network] < self.size:
            self._used[network] += 1
            return True
        self._waiting[network].append(connection)
        return False

    def give_back(self, connection: Any) -> Any:
        """End a connection's turn. Returns the one that takes over its thread; None if none waits."""
        network = self._network(connection)
        if waiting := self._waiting.get(network):
            return waiting.popleft()
        self._waiting.pop(network, None)
        self._used[network] -= 1
        if not self._used[network]:
            del self._used[network]
        return None

    @staticmethod
    def _network(connection: Any) -> str:
        return network_of(connection.client[0]) if connection.client else ""
