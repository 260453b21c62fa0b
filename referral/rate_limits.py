"""Budgets that need no row in the database: in Redis for every process, or each in its own memory."""

import logging
from threading import Lock

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from referral.windows import Limit

logger = logging.getLogger(__name__)

MEMORY = "memory://"
REDIS_SECONDS = 1  # a budget is not worth waiting longer for

_building = Lock()
_limiters: dict[str, MovingWindowRateLimiter] = {}


def spend(limit: Limit, *key: str) -> bool:
    """Count one more event of a key if it fits its budget. Whether it did."""
    item = RateLimitItemPerSecond(limit.count, int(limit.window.total_seconds()))
    try:
        return _limiter(settings.REDIS_URL or MEMORY).hit(item, *key)
    except StorageError as error:
        logger.error("Redis is away, budgets are this process's own: %s", error)  # noqa: TRY400, no bug of ours
        return _limiter(MEMORY).hit(item, *key)


def _limiter(url: str) -> MovingWindowRateLimiter:
    with _building:  # two threads at once would make two, or trip over how limits imports redis
        if url not in _limiters:
            storage = storage_from_string(url, wrap_exceptions=True, **_patience(url))
            _limiters[url] = MovingWindowRateLimiter(storage)
        return _limiters[url]


def _patience(url: str) -> dict[str, float]:
    return {} if url == MEMORY else {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
