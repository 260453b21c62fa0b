"""A search for the request that costs the most. It prints what it found, and asserts what does not vary."""

import json
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, target
from hypothesis import settings as effort

from referral.models import Referral, Session
from referral.tests.factories import new_user
from schema.limits.answers import MOST_BYTES
from schema.tests.costly_documents import KNOWN
from schema.tests.random_documents import SHAPES, Shape, Writer
from schema.tokens import access_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEARCH = effort(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])
MOST_REFUSED_BYTES = 400_000  # a document of 100,000 bytes in the errors, as JSON escapes it
MOST_ERRORS = 60

Body = dict[str, Any]
Send = Callable[[Body], Any]


@dataclass
class Record:
    """The largest values that were seen, each with the document."""

    most: dict[str, tuple[float, str]] = field(default_factory=dict)

    def is_beaten(self, what: str, value: float) -> bool:
        return value > self.most.get(what, (0, ""))[0]

    def add(self, what: str, value: float, document: str) -> None:
        if self.is_beaten(what, value):
            self.most[what] = value, document

    def lines(self) -> list[str]:
        return [
            f"{what}: {value:,.1f} by {text[:100]!r}" for what, (value, text) in sorted(self.most.items())
        ]


@pytest.fixture
def request_as_owner(api):
    """Send a body as a user with a hundred sessions and invitees. What it writes is undone."""
    user, now = new_user(), datetime.now(UTC)
    Session.objects.bulk_create(
        Session(user=user, confirmed_at=now, created_at=now - timedelta(seconds=n), last_used_at=now,
                user_agent="\N{GRINNING FACE}" * 256, ip_address="2001:db8:1111:2222:3333:4444:5555:6666")
        for n in range(100)
    )  # fmt: skip
    for n in range(101):
        at = now - timedelta(seconds=n)
        Referral.objects.create(inviter=user, invitee=new_user(), code=user.invite_code, created_at=at)
    token, _ = access_tokens.issue(user.sessions.latest("created_at"), 1, now)
    headers = {"Authorization": f"Bearer {token}"}

    def send(body: Body) -> Any:
        savepoint: Any = connection.savepoint()  # not atomic(), in which a durable block may not begin
        try:
            return api.client.post(
                "/graphql", json.dumps(body, ensure_ascii=False), "application/json", headers=headers
            )
        finally:
            connection.savepoint_rollback(savepoint)

    return send


def examine(send: Send, query: str, variables: object, record: Record) -> tuple[float, int]:
    """Send a document, check the answer and remember its costs. Returns milliseconds and bytes."""
    milliseconds, answer = timed(send, {"query": query, "variables": variables})
    errors = answer.json().get("errors", [])
    assert answer.status_code in {200, 400, 413}
    assert "INTERNAL_SERVER_ERROR" not in {error["extensions"]["code"] for error in errors}, query
    assert len(errors) <= MOST_ERRORS
    executed = answer.json().get("data") is not None
    assert len(answer.content) <= (MOST_BYTES if executed else MOST_REFUSED_BYTES)
    kind = "executed" if executed else "refused"
    time_, size = f"{kind}, ms of processor time", f"{kind}, bytes of the answer"
    if record.is_beaten(time_, milliseconds) or record.is_beaten(size, len(answer.content)):
        # Again as other documents, with blanks at the end: garbage collection only slows down some of them.
        again = [timed(send, {"query": query + " " * n, "variables": variables})[0] for n in (1, 2, 3)]
        record.add(time_, min(milliseconds, *again), query)
        record.add(size, len(answer.content), query)
        memory = traced(send, {"query": query + " " * 4, "variables": variables})
        record.add(f"{kind}, MB of memory", memory, query)
    return milliseconds, len(answer.content)


def timed(send: Send, body: Body) -> tuple[float, Any]:
    """The processor time of a request in milliseconds, and its answer."""
    began = time.process_time()
    answer = send(body)
    return (time.process_time() - began) * 1000, answer


def traced(send: Send, body: Body) -> float:
    """The most memory that a request takes at one time, in megabytes."""
    tracemalloc.start()
    send(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


@pytest.fixture
def record(capsys):
    record = Record()
    yield record
    with capsys.disabled():
        print("", *record.lines(), sep="\n  ")  # noqa: T201, for whoever reads the run


def test_the_costs_of_known_documents(request_as_owner, record):
    for query in KNOWN.values():
        examine(request_as_owner, query, {}, record)


def test_the_costs_of_random_documents(request_as_owner, record):
    @SEARCH
    @given(shape=SHAPES)
    def search(shape: Shape) -> None:
        body = Writer(shape).body()
        milliseconds, size = examine(request_as_owner, body["query"], body["variables"], record)
        target(milliseconds, label="milliseconds")
        target(size, label="bytes")

    search()
