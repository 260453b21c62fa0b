"""A client that repeats requests until they succeed, and counts the failures."""

import asyncio
import random
import time
from collections import Counter, defaultdict

from client import post

PATIENCE = 30  # seconds: an outage is reported much earlier, but a new server takes time to start
PAUSE = 0.2  # seconds before a retry
# One request in LOSES loses its connection, as on a phone: just before or just after it is executed.
LOSES, LOST_AFTER = 15, 0.1  # seconds at most
LOST = "lost on the way"
TROUBLES = UNHEARD, CUT_OFF, UNAVAILABLE, UNDELIVERED = "unheard", "cut off", "UNAVAILABLE", "DeliveryFailed"


class Asking:
    """Sends requests to random ports. `answers` counts by field and outcome, `slowest` is in seconds."""

    def __init__(self, ports):
        self.ports, self.on_the_road = ports, True
        self.answers: Counter[tuple[str, str]] = Counter()
        self.slowest = defaultdict(float)

    async def ask(self, field, query, **options):
        """The first typed answer, and whether an earlier request may have been executed too."""
        repeated = False
        while True:
            began = time.monotonic()
            outcome, result = await self._try(field, query, options)
            self.answers[field, outcome] += 1
            self.slowest[field] = max(self.slowest[field], time.monotonic() - began)
            if result:
                return result, repeated
            repeated = repeated or outcome != UNHEARD
            await asyncio.sleep(PAUSE)

    async def _try(self, field, query, options):
        """The outcome of one request, and its result or None."""
        port, address = random.choice(self.ports), f"198.51.100.{random.randrange(256)}"
        loses = self.on_the_road and random.randrange(LOSES) == 0
        try:
            async with asyncio.timeout(random.uniform(0, LOST_AFTER) if loses else PATIENCE):
                status, headers, body = await post(port, query, address=address, **options)
        except TimeoutError:
            assert loses, f"{field} was not answered"
            return LOST, None
        except ConnectionRefusedError:
            return UNHEARD, None
        except (ConnectionError, EOFError):
            return CUT_OFF, None
        if status == 503:
            assert headers["retry-after"] == "1"
            assert body["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
            return UNAVAILABLE, None
        assert (status, body.get("errors")) == (200, None)
        result = body["data"][field]
        return result["__typename"], result

    def troubles(self):
        """The number of failures that are not the client's fault, by kind."""
        counts: Counter[str] = Counter()
        for (_, outcome), count in self.answers.items():
            counts[outcome] += count
        return {trouble: counts[trouble] for trouble in TROUBLES if counts[trouble]}

    def __str__(self):
        troubles = ", ".join(f"{count} {trouble}" for trouble, count in self.troubles().items())
        slowest = ", ".join(f"{field} {seconds:.1f} s" for field, seconds in sorted(self.slowest.items()))
        return f"{self.answers.total()} requests, {troubles or 'all answered'}; slowest {slowest}"
