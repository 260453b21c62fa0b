"""Documents whose answers would cost more than their questions, against the production server."""

import asyncio
import json
import re
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from client import ME, REQUEST_CODE, VERIFY_CODE, post

PHONE = "+79230000001"
OLD_SESSIONS = 300  # of emoji, from before either was limited
INSERT = """
    INSERT INTO referral_session (id, user_id, refresh_counter, confirmed_counter, confirmed_at, created_at,
                                  last_used_at, user_agent, ip_address)
    SELECT gen_random_uuid(), id, 1, 1, now(), now() - n * interval '1 second', now(), repeat('😀', 256),
           '2001:db8:1111:2222:3333:4444:5555:6666'
    FROM referral_user, generate_series(1, %s) n WHERE phone = %s
"""
EVERY = "id createdAt lastUsedAt userAgent ipAddress current"
LONG = "x" * 98_500


def eight(field):
    """Eight times a field, with the fewest aliases."""
    return f"{{ {field} {' '.join(f'a{n}: {field}' for n in range(7))} }}"


SEEN = {
    "8 introspections with a long alias": f"{eight('__schema { ...F }')} "
    f"fragment F on __Schema {{ types {{ {LONG}: name }} }}",
    "8 lists of sessions": eight(f"sessions {{ {EVERY} }}"),
}
NEIGHBOURS = {
    "8 introspections": eight("__schema { types { name description } }"),
    "a long alias of a list": f"{{ sessions {{ {LONG}: id }} }}",
    "a long alias of one field": f"{{ {LONG}: __typename }}",
    "long aliases of a list": f"{{ sessions {{ {'x' * 6_000}: id {'y' * 6_000}: id }} }}",
    "a long name of an operation": f"query {LONG} {{ __typename }}",
    "a long unknown field": f"{{ {LONG} }}",
    "490 unknown fields": f"{{ {' '.join('x' * 180 + str(n) for n in range(490))} }}",
    "lists in fragments": f"{{ {'...F ' * 8} }} fragment F on Query {{ sessions {{ {EVERY} }} }}",
    "15 lists of invitees": "{ me { "
    + " ".join(f"a{n}: invitees(first: 100) {{ edges {{ cursor node {{ id phone }} }} }}" for n in range(15))
    + " } }",
    "nested introspection": "{ __schema { types { fields { type { fields { type { name } } } } } } }",
    "19 times 12 fields of one name": "{ " + ("... { " + "me { id } " * 12 + "} ") * 19 + "}",
}
WORST = "{ a: sessions { userAgent } b: sessions { userAgent } c: sessions { userAgent } }"  # 927 kB
READERS, LAZY, PIPELINED = 20, 10, 20
WORKERS_GROWTH = 100_000  # kB: ten times what one answer takes at most, and the noise of Python
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def server(serve):
    with serve(WEB_CONCURRENCY="1") as server:
        yield server


@pytest.fixture(scope="module")
def token(server, database):
    """An access token of a user with many sessions."""

    async def sign_in():
        _, _, sent = await post(server.port, REQUEST_CODE, phone=PHONE)
        return await post(server.port, VERIFY_CODE, phone=PHONE, code=sent["data"]["requestCode"]["demoCode"])

    _, _, body = asyncio.run(sign_in())
    with closing(psycopg2.connect(database.url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(INSERT, [OLD_SESSIONS, PHONE])
    return body["data"]["verifyCode"]["accessToken"]


def run(server, query, token=""):
    """The answer to a document, and its size in bytes."""
    _, headers, body = asyncio.run(post(server.port, query, token=token))
    return body, int(headers["content-length"])


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("query", (SEEN | NEIGHBOURS).values(), ids=SEEN | NEIGHBOURS)
def test_a_costly_document_is_refused_with_a_short_answer(server, token, query, signed_in):
    body, size = run(server, query, token if signed_in else "")
    assert body["data"] is None
    assert {error["extensions"]["code"] for error in body["errors"]} == {"QUERY_TOO_COMPLEX"}
    assert size < 1000


def test_the_sessions_of_an_old_user_are_at_most_a_hundred(server, token):
    body, size = run(server, f"{{ sessions {{ {EVERY} }} }}", token)
    assert len(body["data"]["sessions"]) == 100
    assert size < 400_000


def test_the_largest_answer_is_less_than_a_megabyte(server, token):
    body, size = run(server, WORST, token)
    assert [len(sessions) for sessions in body["data"].values()] == [100] * 3
    assert 900_000 < size < 1_000_000


@pytest.mark.parametrize("query", [WORST, *SEEN.values()], ids=["the worst that is accepted", *SEEN])
def test_clients_that_do_not_read_cost_neither_memory_nor_the_patience_of_others(server, token, query):
    run(server, WORST, token)
    run(server, ME, token)
    before = memory(server)
    answers, most = asyncio.run(read_beside_lazy_clients(server, token, query))
    assert [body["data"]["me"]["phone"] for _, _, body in answers] == [PHONE] * READERS
    print(f"The worker has {before} kB, and at most {most} kB with {LAZY} clients that do not read.")
    assert most - before < WORKERS_GROWTH
    assert len(server.workers()) == 1
    body, _ = run(server, ME, token)
    assert body["data"]["me"]["phone"] == PHONE


async def read_beside_lazy_clients(server, token, query):
    """The answers to some clients while others send a document again and again and read nothing."""
    lazy = [await ask_without_reading(server.port, token, query) for _ in range(LAZY)]
    try:
        answers, most, deadline = [], 0, time.monotonic() + PATIENCE
        for _ in range(READERS):
            answers.append(await asyncio.wait_for(post(server.port, ME, token=token), PATIENCE))
            most = max(most, memory(server))
        assert time.monotonic() < deadline
        return answers, most
    finally:
        for _, writer in lazy:
            writer.transport.abort()


async def ask_without_reading(port, token, query):
    """A connection with requests whose answers are left in the buffers, which are small."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    body = json.dumps({"query": query}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write((head.encode() + body) * PIPELINED)
    return reader, writer


def memory(server):
    """The resident memory of the workers in kB."""
    statuses = [Path(f"/proc/{worker}/status").read_text() for worker in server.workers()]
    return sum(int(size) for status in statuses for size in re.findall(r"VmRSS:\s+(\d+) kB", status))
