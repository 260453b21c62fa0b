"""Nobody reads the server's standard error for longer than gunicorn's timeout."""

import os
import re
import time
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

TIMEOUT = 4  # seconds without a sign of life after which gunicorn kills a worker
ASLEEP = 3 * TIMEOUT
LONG = "x" * 3000  # the path is in the log, so the buffers fill soon


@pytest.fixture
def pipe():
    reader, writer = os.pipe()
    with open(reader, "rb") as text, open(writer, "wb") as end:  # noqa: PTH123, descriptors
        yield text, end


def ask(server):
    with pytest.raises(HTTPError) as answer:
        urlopen(f"{server.url}/{LONG}", timeout=10)
    with answer.value:
        assert answer.value.code == 404


def test_a_log_reader_that_sleeps_stops_no_worker_and_learns_what_it_missed(serve, pipe):
    reader, end = pipe
    received = []
    reading = Thread(target=lambda: received.append(reader.read().decode()))
    with serve(errors=end, WEB_CONCURRENCY="2", GUNICORN_CMD_ARGS=f"--timeout {TIMEOUT}") as server:
        end.close()
        workers, awake, asked = server.workers(), time.monotonic() + ASLEEP, 0
        while time.monotonic() < awake or asked < 1500:
            ask(server)
            asked += 1
        assert server.workers() == workers
        reading.start()
        ask(server)
    reading.join(timeout=60)
    (text,) = received
    lost = [
        int(number) for number in re.findall(r"(\d+) log lines were lost: standard error was not read", text)
    ]
    kept = text.count(f'"message": "GET /{LONG} 404"')
    print(f"{asked} requests while nobody read, {sum(lost)} log lines lost")
    assert lost
    assert kept + sum(lost) == asked + 1
    assert "WORKER TIMEOUT" not in text
