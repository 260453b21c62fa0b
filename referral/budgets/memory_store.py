"""Counters of recent events in the memory of this process."""

from collections import OrderedDict, deque
from threading import Lock

from referral.budgets.windows import Limit

MOST_KEYS = 10_000  # the least recently used is forgotten; with 300 events each, all take 100 MB


class MemoryStore:
    """Sliding windows by key.

    `limits` has such a store too, but it never forgets a key, and looks at all of them at every event:
    50 ms once 65,000 addresses, one IPv6 /48, have been seen.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._windows: OrderedDict[str, deque[float]] = OrderedDict()

    def spend(self, limit: Limit, key: str, now: float) -> float | None:
        """Count an event at `now`, in seconds, if it fits. Otherwise return when one will fit."""
        length = limit.window.total_seconds()
        with self._lock:
            window = self._windows.setdefault(key, deque())
            self._windows.move_to_end(key)
            while window and window[0] + length <= now:
                window.popleft()
            if len(window) >= limit.count:
                return window[-limit.count] + length
            window.append(now)
            if len(self._windows) > MOST_KEYS:
                self._windows.popitem(last=False)
        return None

    def give_back(self, limit: Limit, key: str) -> None:
        """Forget the newest event of a key."""
        with self._lock:
            if window := self._windows.get(key):
                window.pop()
