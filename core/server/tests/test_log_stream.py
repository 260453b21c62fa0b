"""Standard error in a process of its own, whose reader is this test."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.server import log_stream
from core.server.log_stream import LogStream

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
UNPATCHED, GEVENT = "", "from gevent import monkey; monkey.patch_all()"
PROGRAM = """
{patch}
import logging, logging.config, os, sys
from core import logs
logging.config.dictConfig(logs.configuration(debug={debug}))
{body}
"""
# 3,000 are 3 MB, of which a third is kept while nobody reads.
MANY = "for number in range({lines}): logging.info('%s %s', number, '.' * 1000)\n"


def start(body, patch=UNPATCHED, debug=True):
    program = PROGRAM.format(patch=patch, debug=debug, body=body)
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program],  # Python 3.12 warns of a fork beside a thread
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def numbers(text):
    return [int(number) for number in re.findall(r"(\d+) \.{1000}", text)]


@pytest.mark.parametrize("patch", [UNPATCHED, GEVENT])
def test_a_process_that_exits_has_written_every_line(patch):
    _, text = start(MANY.format(lines=900), patch).communicate(timeout=60)
    assert numbers(text) == list(range(900))


@pytest.mark.parametrize("patch", [UNPATCHED, GEVENT])
@pytest.mark.parametrize("debug", [True, False])
def test_a_reader_that_sleeps_stops_nothing_and_learns_what_it_missed(patch, debug):
    process = start(MANY.format(lines=3000) + "print('alive', flush=True); input()", patch, debug)
    with process:
        assert process.stdout.readline() == "alive\n"  # nothing has been read from standard error
        process.stdin.write("\n")
        process.stdin.close()
        text = process.stderr.read()
    kept = numbers(text)
    (lost,) = re.findall(r"(\d+) log lines were lost: standard error was not read\.", text)
    assert kept == sorted(kept)
    assert 0 < int(lost) == 3000 - len(kept)
    assert len(kept) > 900


def test_a_process_exits_although_nobody_reads():
    with start(MANY.format(lines=3000)) as process:
        assert process.wait(timeout=60) == 0


def test_a_forked_process_writes_its_own_lines_and_not_those_of_its_parent():
    body = "logging.info('parent')\nif not os.fork(): logging.info('child'); sys.exit()\nos.wait()"
    _, text = start(body).communicate(timeout=60)
    assert sorted(line.split()[-1] for line in text.splitlines()) == ["child", "parent"]


@pytest.fixture
def pipe():
    reader, writer = os.pipe()
    yield reader, writer
    for descriptor in (reader, writer):
        os.close(descriptor)


def test_a_pipe_that_another_process_made_non_blocking_loses_nothing(pipe):
    reader, writer = pipe
    os.set_blocking(writer, False)
    stream, line = LogStream(writer), "." * 999 + "\n"
    for _ in range(200):
        stream.write(line)
    received = b""
    while len(received) < 200_000:
        received += os.read(reader, 100_000)
    stream.finish()
    assert (received.decode(), stream.lost) == (line * 200, 0)


def test_without_a_thread_lines_are_written_at_once(pipe, monkeypatch):
    def fail(*_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(log_stream, "start_thread", fail)
    reader, writer = pipe
    stream = LogStream(writer)
    stream.write("a line\n")
    assert os.read(reader, 100) == b"a line\n"
