"""Counters of recent events in Redis, shared by all processes."""

from functools import cache
from typing import Any

from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter

from referral.budgets.windows import Limit

TIMEOUT = 1  # seconds to wait for Redis


class RedisStore:
    """Sliding windows by key. Every method raises redis.exceptions.RedisError if Redis does not answer."""

    def __init__(self, url: str) -> None:
        self._redis = RedisStorage(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        self._limiter = MovingWindowRateLimiter(self._redis)

    def spend(self, limit: Limit, key: str, now: float) -> float | None:
        """Count an event if it fits, in one step. Otherwise return when one will fit, in seconds."""
        item = _item(limit)
        return None if self._limiter.hit(item, key) else self._limiter.get_window_stats(item, key).reset_time

    def give_back(self, limit: Limit, key: str) -> None:
        """Forget the newest event of a key. `limits` cannot do that; it keeps them newest first in a list."""
        connection: Any = self._redis.get_connection()
        connection.lpop(self._redis.prefixed_key(_item(limit).key_for(key)))


@cache
def _item(limit: Limit) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(limit.count, int(limit.window.total_seconds()))
