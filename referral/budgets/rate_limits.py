"""Counters of recent events: in Redis for all processes, or in the memory of each process."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TypeVar

from django.conf import settings
from redis.exceptions import RedisError

from referral.budgets.memory_store import MemoryStore
from referral.budgets.redis_store import RedisStore
from referral.budgets.windows import Limit

logger = logging.getLogger(__name__)

PAUSE = 3  # seconds before retrying a Redis that did not answer
MEMORY = ""  # in place of the URL of a Redis

_building = Lock()
_stores: dict[str, MemoryStore | RedisStore] = {}
_away_until: dict[str, float] = {}

Result = TypeVar("Result")


def spend(limit: Limit, key: str) -> datetime | None:
    """Count an event if it fits the limit, and return None. Otherwise return when it will fit (UTC)."""
    retry_at = _ask(lambda store: store.spend(limit, key, time.time()))
    return datetime.fromtimestamp(retry_at, UTC) if retry_at else None


def give_back(limit: Limit, key: str) -> None:
    """Forget an event that was counted."""
    _ask(lambda store: store.give_back(limit, key))


def redis_answers() -> bool:
    """False if REDIS_URL is set and that Redis does not answer. Waits a second at most."""
    # Asks the way budgets do, so that a failure also makes budgets fall back to memory.
    spend(Limit(1, timedelta(seconds=1)), "readiness")
    return settings.REDIS_URL not in _away_until


def _ask(question: Callable[[MemoryStore | RedisStore], Result]) -> Result:
    """Ask Redis or, while it is away, this process's memory. Logs when Redis goes away and comes back."""
    url, now = settings.REDIS_URL, time.monotonic()
    if url and _away_until.get(url, 0) <= now:
        if url in _away_until:
            _away_until[url] = now + PAUSE  # only this request retries Redis
        try:
            answer = question(_store(url))
        except RedisError as error:
            if url not in _away_until:
                logger.error("Redis is away, each process counts on its own: %s", error)  # noqa: TRY400
            _away_until[url] = time.monotonic() + PAUSE
        else:
            if _away_until.pop(url, None):
                logger.info("Redis is back.")
            return answer
    return question(_store(MEMORY))


def _store(url: str) -> MemoryStore | RedisStore:
    with _building:  # otherwise two threads build two, or fail while `limits` imports redis
        if url not in _stores:
            _stores[url] = RedisStore(url) if url else MemoryStore()
        return _stores[url]
