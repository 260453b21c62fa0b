"""Start-up time, and memory growth under load."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from statistics import median

from bench.client import ask_all
from bench.loads import me
from bench.servers import Server
from bench.wrk import CONNECTIONS

STARTS = 3
FEW, MANY = 1000, 10_000  # requests


def measure(start: Callable[[], AbstractContextManager[Server]]) -> dict[str, float]:
    """Seconds until /readyz returns 200, and megabytes after few and after many `me` requests."""
    times = []
    for _ in range(STARTS):
        with start() as service:
            times.append(service.started_in)
    with start() as service:
        few, many = _memory_after(service, FEW), _memory_after(service, MANY - FEW)
    return {
        "start_up_seconds": median(times),
        f"memory_mb_after_{FEW}": few,
        f"memory_mb_after_{MANY}": many,
        "memory_growth": many / few,
    }


def _memory_after(service: Server, count: int) -> float:
    profiles = me(count)
    requests = [profiles[number % len(profiles)] for number in range(count)]
    answers = ask_all(f"{service.url}/graphql", requests, at_once=CONNECTIONS)
    assert all(b'"invitedCount":20' in answer for answer in answers)
    return service.memory_mb()
