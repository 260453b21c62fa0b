"""Headers with strange bytes, over real HTTP: an answer of ours, and no bug."""

import asyncio
import json

import pytest

HEADERS = [
    "Authorization",
    "Accept",
    "Accept-Language",
    "User-Agent",
    "X-Forwarded-For",
    "Content-Type",
    "Host",
]
VALUES = [
    b"",
    b" ",
    b"\x80\xff",
    "ё\N{GRINNING FACE}".encode(),
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xc0\x80",
    b"\x7f\x1b",
    b"\t\x0b",
    b"a\x00b",
    b"," * 4000,
    b";q=" * 1000,
    b"*/*;q=nan, text/*;q=-1;;==",
    b"x" * 8000,
    b"Bearer",
    b"Bearer \xff\xfe.\xff.\xff",
    b"Bearer " + b"." * 4000,
    b"Bearer e30.e30.e30",
    b"Bearer \xe2\x80\xa8",
    b"zh_\xd0\xaf-*;q=0.5, \xff;q=1e999",
    b"en-" + b"a-" * 2000,
    b"::1%\xff, 1.2.3.4.5, [::], 999.1.1.1, \xd9\xa1.1.1.1",
    b"1.1.1.1," * 500,
    b"application/json; charset=\xff",
    b'application/json; a="\\',
    b"localhost:99999",
    b"localhost\xff",
]
BODY = json.dumps({"query": "{ me { id } __typename }"}).encode()


@pytest.fixture(scope="module")
def server(serve):
    with serve(TRUSTED_PROXIES="1") as server:
        yield server


@pytest.mark.parametrize("name", HEADERS)
def test_a_strange_header_is_answered(server, name):
    for value in VALUES:
        status, content = asyncio.run(ask(server.port, name, value))
        assert status in {200, 400, 415, 431}, (name, value, content)
        assert b"INTERNAL_SERVER_ERROR" not in content, (name, value)
        assert content, (name, value)
    assert "Traceback" not in server.output()


def test_the_server_still_answers(server):
    status, content = asyncio.run(ask(server.port, "User-Agent", b"a check"))
    assert (status, json.loads(content)["data"]) == (200, {"me": None, "__typename": "Query"})


async def ask(port, name, value):
    """The status and content of a response to a request with one more header, or another of its own."""
    headers = {"Host": b"localhost", "Content-Type": b"application/json"} | {name: value}
    lines = [f"{key}: ".encode() + text for key, text in headers.items()]
    head = [b"POST /graphql HTTP/1.1", *lines, b"Content-Length: %d" % len(BODY), b"Connection: close"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"\r\n".join(head) + b"\r\n\r\n" + BODY)
        answer = await asyncio.wait_for(reader.read(), 30)
    finally:
        writer.close()
    start, _, content = answer.partition(b"\r\n\r\n")
    return int(start.split()[1]), content
