"""Budgets that need no row in the database: in Redis for every process, or each in its own memory."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TypeVar

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from referral import metrics
from referral.windows import Limit

logger = logging.getLogger(__name__)

MEMORY = "memory://"
PATIENCE = 1  # seconds that Redis may take: a budget is not worth a longer wait
REST = 3  # seconds that a Redis is left alone which did not answer

_building = Lock()
_limiters: dict[str, MovingWindowRateLimiter] = {}
_away_until: dict[str, float] = {}

Result = TypeVar("Result")


def spend(limit: Limit, *key: str) -> datetime | None:
    """Count one more event of a key if it fits the budget: None. Otherwise when it will fit (UTC)."""
    item = _item(limit)
    return _ask(lambda limiter: None if limiter.hit(item, *key) else _retry_at(limiter, item, key))


def used_up(limit: Limit, *key: str) -> datetime | None:
    """When one more event of a key fits the budget again (UTC), or None if it does now. Counts nothing."""
    item = _item(limit)
    return _ask(lambda limiter: None if limiter.test(item, *key) else _retry_at(limiter, item, key))


def redis_answers() -> bool:
    """Whether budgets are counted where REDIS_URL says, if it says anything. Waits for PATIENCE at most."""
    # As any budget is asked for, so it falls back as any does.
    used_up(Limit(1, timedelta(seconds=1)), "readiness")
    return settings.REDIS_URL not in _away_until


def _item(limit: Limit) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(limit.count, int(limit.window.total_seconds()))


def _retry_at(
    limiter: MovingWindowRateLimiter, item: RateLimitItemPerSecond, key: tuple[str, ...]
) -> datetime:
    reset_time = limiter.get_window_stats(item, *key).reset_time
    metrics.limits_hit.labels(key[0]).inc()
    return datetime.fromtimestamp(reset_time, UTC)


def _ask(question: Callable[[MovingWindowRateLimiter], Result]) -> Result:
    """Ask Redis, or while there is none this process's memory. A Redis that goes away is told of once."""
    url, now = settings.REDIS_URL, time.monotonic()
    if url and _away_until.get(url, 0) <= now:
        if url in _away_until:
            _away_until[url] = now + REST  # one tries whether it is back, and nobody waits with it
        try:
            answer = question(_limiter(url))
        except StorageError as error:
            if url not in _away_until:
                logger.error("Redis is away, each process counts for itself: %s", error)  # noqa: TRY400, no bug
            _away_until[url] = time.monotonic() + REST
        else:
            if _away_until.pop(url, None):
                logger.info("Redis is back.")
            return answer
    return question(_limiter(MEMORY))


def _limiter(url: str) -> MovingWindowRateLimiter:
    with _building:  # two threads at once would make two, or trip over how limits imports redis
        if url not in _limiters:
            patience = (
                {} if url == MEMORY else {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
            )
            storage = storage_from_string(url, wrap_exceptions=True, **patience)
            _limiters[url] = MovingWindowRateLimiter(storage)
        return _limiters[url]
