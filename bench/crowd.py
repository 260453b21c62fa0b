"""A thousand concurrent code requests, each waiting one to two seconds for a simulated SMS."""

import time

from bench.client import ask_all
from bench.loads import code_requests
from bench.servers import Server

CROWD = 1000


def measure(service: Server) -> dict[str, float]:
    """Seconds until the last answer, and how many codes were sent. The first run warms up."""
    _gather(service)
    return _gather(service)


def _gather(service: Server) -> dict[str, float]:
    requests = code_requests(CROWD)
    computed, began = service.cpu_seconds(), time.perf_counter()
    answers = ask_all(f"{service.url}/graphql", requests, at_once=CROWD)
    return {
        "crowd_seconds": time.perf_counter() - began,
        "crowd_cpu_seconds": service.cpu_seconds() - computed,
        "crowd_code_sent": sum(b'"CodeSent"' in answer for answer in answers),
    }
