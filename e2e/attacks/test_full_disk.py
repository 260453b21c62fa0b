"""A full TMPDIR ends no worker. Metrics live there, in files that are mapped into memory."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

TOKEN = "a token for the checks"  # noqa: S105, only for this test
REQUESTS = 60
ME = "/graphql?query=%7Bme%7Bphone%7D%7D"  # counted and timed
COMPLAINT = "There is no space for metrics"


@pytest.fixture
def small_disk(tmp_path):
    """A file system of one megabyte."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*root, "mount", "-t", "tmpfs", "-o", "size=1m,mode=1777", "tmpfs", tmp_path], check=True)
    yield tmp_path
    subprocess.run([*root, "umount", "--lazy", tmp_path], check=True)


def fill(folder, leave=0):
    with (folder / "everything").open("wb", buffering=0) as file:
        while (room := shutil.disk_usage(folder).free) > leave:
            file.write(bytes(room - leave))


def statuses(server, path=ME):
    """The statuses of REQUESTS requests, over new connections."""
    request = Request(f"{server.url}{path}", headers={"Authorization": f"Bearer {TOKEN}"})
    answers = []
    for _ in range(REQUESTS):
        with urlopen(request, timeout=20) as answer:
            answers.append(answer.status)
    return answers


@contextmanager
def surviving(serve, **settings):
    """A server with two workers, which no fault may end."""
    with serve(WEB_CONCURRENCY="2", **settings) as server:
        yield server
        assert statuses(server) == [200] * REQUESTS
        assert "SIGBUS" not in server.output()
        assert "Traceback" not in server.output()


def test_a_server_starts_on_a_full_disk(serve, small_disk):
    fill(small_disk, leave=4_096)  # Python would choose another folder if no file had space
    with surviving(serve, TMPDIR=str(small_disk), METRICS_TOKEN=TOKEN) as server:
        assert statuses(server, "/metrics") == [200] * REQUESTS
        assert server.output().count(COMPLAINT) == 2  # once for each worker
    assert [file.name for file in small_disk.iterdir()] == ["everything"]


def test_a_disk_that_fills_later_ends_no_worker(serve, small_disk):
    with surviving(serve, TMPDIR=str(small_disk), METRICS_TOKEN=TOKEN) as server:
        fill(small_disk)
        assert statuses(server, "/metrics") == [200] * REQUESTS
        assert COMPLAINT not in server.output()
        before = server.workers()
        os.kill(before[0], signal.SIGKILL)
        deadline = time.monotonic() + 60
        while COMPLAINT not in server.output():
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert before[1] in server.workers()


def test_without_metrics_token_there_are_no_files(serve, small_disk):
    fill(small_disk, leave=4_096)
    with surviving(serve, TMPDIR=str(small_disk)) as server:
        assert [file.name for file in small_disk.iterdir()] == ["everything"]
        assert COMPLAINT not in server.output()
