"""Counters of recent events: in Redis for all processes, or in the memory of each process."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock
from typing import TypeVar

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from referral.budgets.windows import Limit
from referral.telemetry import metrics

logger = logging.getLogger(__name__)

MEMORY = "memory://"
TIMEOUT = 1  # seconds to wait for Redis
PAUSE = 3  # seconds before retrying a Redis that did not answer

_building = Lock()
_limiters: dict[str, MovingWindowRateLimiter] = {}
_away_until: dict[str, float] = {}

Result = TypeVar("Result")


def spend(limit: Limit, *key: str) -> datetime | None:
    """Count an event if it fits the limit, and return None. Otherwise return when it will fit (UTC).

    The first part of the key is the name of the budget.
    """
    item = _item(limit)
    return _ask(lambda limiter: None if limiter.hit(item, *key) else _retry_at(limiter, item, key))


def used_up(limit: Limit, *key: str) -> datetime | None:
    """When another event will fit the limit (UTC), or None if it fits now. Counts nothing."""
    item = _item(limit)
    return _ask(lambda limiter: None if limiter.test(item, *key) else _retry_at(limiter, item, key))


def redis_answers() -> bool:
    """False if REDIS_URL is set and that Redis does not answer. Waits TIMEOUT seconds at most."""
    # Asks the way budgets do, so that a failure also makes budgets fall back to memory.
    used_up(Limit(1, timedelta(seconds=1)), "readiness")
    return settings.REDIS_URL not in _away_until


@cache
def _item(limit: Limit) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(limit.count, int(limit.window.total_seconds()))


def _retry_at(
    limiter: MovingWindowRateLimiter, item: RateLimitItemPerSecond, key: tuple[str, ...]
) -> datetime:
    reset_time = limiter.get_window_stats(item, *key).reset_time
    metrics.limits_hit.labels(key[0]).inc()
    return datetime.fromtimestamp(reset_time, UTC)


def _ask(question: Callable[[MovingWindowRateLimiter], Result]) -> Result:
    """Ask Redis or, while it is away, this process's memory. Logs when Redis goes away and comes back."""
    url, now = settings.REDIS_URL, time.monotonic()
    if url and _away_until.get(url, 0) <= now:
        if url in _away_until:
            _away_until[url] = now + PAUSE  # only this request retries Redis
        try:
            answer = question(_limiter(url))
        except StorageError as error:
            if url not in _away_until:
                logger.error("Redis is away, each process counts on its own: %s", error)  # noqa: TRY400
            _away_until[url] = time.monotonic() + PAUSE
        else:
            if _away_until.pop(url, None):
                logger.info("Redis is back.")
            return answer
    return question(_limiter(MEMORY))


def _limiter(url: str) -> MovingWindowRateLimiter:
    with _building:  # otherwise two threads build two, or fail while `limits` imports redis
        if url not in _limiters:
            timeouts = {} if url == MEMORY else {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
            storage = storage_from_string(url, wrap_exceptions=True, **timeouts)
            _limiters[url] = MovingWindowRateLimiter(storage)
        return _limiters[url]
