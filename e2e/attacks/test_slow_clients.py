"""Clients that send or read slowly are cut, and others are answered meanwhile."""

import asyncio
import resource
import socket
from collections import Counter
from contextlib import suppress

import pytest
from ports import free_port

CROWD, SLOW, OTHERS = "127.0.0.1", "127.0.0.2", "127.0.0.3"
HEAD = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
HALF_BODY = f"{HEAD}Content-Length: 1000\r\n\r\n{{".encode()
HALF_CHUNK = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode()
GRAPHQL = b'{"query": "{ __typename }"}'
WHOLE = f"{HEAD}Content-Length: {len(GRAPHQL)}\r\n\r\n".encode() + GRAPHQL
CHUNKED = HALF_CHUNK + b"%x\r\n%s\r\n0\r\n\r\n" % (len(GRAPHQL), GRAPHQL)
HUGE = f"{HEAD}Content-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n".encode()
LONG = f"{HEAD}Content-Length: 300000\r\n\r\n".encode() + b" " * 300_000
PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
STUCK = 90  # seconds after which a connection counts as never closed
PATIENCE = 10  # seconds that another client may wait on a slow machine


@pytest.fixture(autouse=True)
def enough_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def exchange(port, request, source=SLOW, drip=b"", half_close=False):
    """Everything that the server answers until it closes the connection. `drip` is sent each second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    dripping = asyncio.create_task(drip_into(writer, drip))
    answer = b""
    with suppress(ConnectionError):
        writer.write(request)
        if half_close:
            with suppress(OSError):  # the server may have closed the connection already
                writer.write_eof()
        while received := await asyncio.wait_for(reader.read(65536), STUCK):
            answer += received
    dripping.cancel()
    writer.close()
    return answer


async def drip_into(writer, drip):
    with suppress(ConnectionError):
        while drip:
            await asyncio.sleep(1)
            writer.write(drip)
            await writer.drain()


async def endless(port, head, piece):
    """Send pieces until the connection is closed. Returns how many bytes were sent; None if it never was."""
    _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(SLOW, 0))
    taken = 0
    try:
        async with asyncio.timeout(STUCK):
            writer.write(head)
            while True:
                writer.write(piece)
                await writer.drain()
                taken += len(piece)
                await asyncio.sleep(0)
    except ConnectionError:
        return taken
    except TimeoutError:
        return None
    finally:
        writer.close()


async def never_read(port):
    """Pipeline pages without reading the answers. Returns whether the server closes the connection."""
    client = socket.create_connection(("127.0.0.1", port), source_address=(SLOW, 0))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    with client:
        for _ in range(STUCK):
            with suppress(BlockingIOError):
                try:
                    client.send(PAGE * 1000)
                except ConnectionError:
                    return True
            await asyncio.sleep(1)
    return False


async def others(port, stop):
    """Ask for /readyz from another address until told to stop. Returns the status lines."""
    ready = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    statuses: Counter[bytes] = Counter()
    while not stop.is_set():
        answer = await asyncio.wait_for(exchange(port, ready, OTHERS), PATIENCE)
        statuses[answer.partition(b"\r\n")[0]] += 1
        await asyncio.sleep(0.2)
    return statuses


async def attack(port, *attacks):
    """The results of the attacks, which run at once, and what others were answered meanwhile."""
    stop = asyncio.Event()
    asking = asyncio.create_task(others(port, stop))
    attacking = asyncio.gather(*attacks)
    await asyncio.wait([asking, attacking], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    statuses = await asking
    return await attacking, statuses


async def crowd(port, size, request, **options):
    return await asyncio.gather(*(exchange(port, request, **options) for _ in range(size)))


def kinds(answers):
    return Counter(answer.partition(b"\r\n")[0] for answer in answers)


TIMEOUT, BUSY = b"HTTP/1.1 408 Request Timeout", b"HTTP/1.1 503 Service Unavailable"
ANSWER = b'{"data":{"__typename":"Query"}}'
OK, TOO_LARGE = b"HTTP/1.1 200 OK", b"HTTP/1.1 413 Request Entity Too Large"


def test_slow_clients_are_cut_and_others_answered(serve, tmp_path):
    sqlite = {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "PORT": str(free_port())}
    with serve() as on_postgresql, serve(**sqlite) as on_sqlite:
        results = asyncio.run(attack_both(on_postgresql.port, on_sqlite.port))
    for ((crowded, parts), statuses), admitted in zip(results, (1000, 128), strict=True):
        assert set(statuses) == {OK}
        check_crowd(kinds(crowded), admitted)
        check_answers(*parts[:8])
        check_cut(*parts[8:])


async def attack_both(*ports):
    sizes = zip(ports, (4050, 140), strict=True)
    return await asyncio.gather(
        *(attack(port, crowd(port, size, HALF_BODY, source=CROWD), every_part(port)) for port, size in sizes)
    )


async def every_part(port):
    return await asyncio.gather(
        exchange(port, HALF_BODY, drip=b" "),
        exchange(port, HALF_CHUNK, drip=b"1\r\n \r\n"),
        exchange(port, HUGE, drip=b" " * 1000),
        exchange(port, LONG),
        exchange(port, WHOLE, half_close=True),
        exchange(port, CHUNKED),
        exchange(port, WHOLE * 3),
        exchange(port, HALF_BODY, half_close=True),
        crowd(port, 4, b""),
        crowd(port, 4, HEAD.encode(), drip=b"x"),
        crowd(port, 4, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        endless(port, HALF_CHUNK, b"10000\r\n" + b" " * 65536 + b"\r\n"),
        endless(port, HALF_CHUNK, (b"1;x=" + b"y" * 4000 + b"\r\n \r\n") * 10),
        endless(port, HUGE, b" " * 65536),
        never_read(port),
    )


def check_crowd(counted, admitted):
    assert set(counted) <= {TIMEOUT, BUSY, b""}
    assert 0 < counted[TIMEOUT] <= admitted
    assert counted[BUSY] > 0


def check_answers(*answers):
    assert [answer.partition(b"\r\n")[0] for answer in answers] == [
        *[TIMEOUT, TIMEOUT, TOO_LARGE, TOO_LARGE],
        *[OK, OK, OK, b"HTTP/1.1 400 Bad Request"],
    ]
    assert [answer.count(ANSWER) for answer in answers] == [0, 0, 0, 0, 1, 1, 3, 0]


def check_cut(silent, head, garbage, *others):
    *sent, unread = others
    assert [*silent, *head, *garbage] == [b""] * 12
    assert [bytes_ is not None and bytes_ < 20_000_000 for bytes_ in sent] == [True] * 3
    assert unread
