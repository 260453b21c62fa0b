"""Standard error for the log, written by a thread, so that a reader that stops cannot stop the process.

A pipe that is not read is full after 64 kB, and then write(2) blocks: under gevent that stops all requests.
Asking first whether a write would block does not help, because the master and the workers share the pipe.
"""

import atexit
import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from select import PIPE_BUF  # so many bytes are written in one piece, although other processes write too
from typing import Any

MOST_BYTES = 1_000_000  # waiting for the reader; further lines are lost
EXIT_SECONDS = 2.0  # that a process waits for the reader when it exits
RETRY_SECONDS = 0.05
MOMENT = 0.005  # seconds, after which Python switches threads
LOST = "{lost} log lines were lost: standard error was not read."


def original(module: str, name: str) -> Any:
    """A function or class before gevent patched it: the thread must be one of the operating system."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey.get_original(module, name) if monkey else getattr(import_module(module), name)


start_thread: Callable[..., int] = original("_thread", "start_new_thread")
make_lock = original("_thread", "allocate_lock")
make_queue = original("queue", "SimpleQueue")
sleep: Callable[[float], None] = original("time", "sleep")


class LogStream:
    """A bounded buffer in front of a file descriptor.

    The counters have no lock: `queued` and `lost` are changed under the logging handler's lock, the others by
    the thread alone.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.reset()

    def reset(self) -> None:
        """Start empty, as a forked process has to: the thread and the waiting lines are the parent's."""
        self.queue, self.write_now = make_queue(), self._start
        self.queued = self.written = self.lost = self.announced = 0
        self.stuck_at, self.notice = -1, ""

    def write(self, text: str) -> None:
        line = text.encode(errors="backslashreplace")
        self.write_now(line)

    def flush(self) -> None:
        """Do nothing: the handler calls this after each line."""

    def _start(self, line: bytes) -> None:
        try:
            start_thread(self._run, ())
        except RuntimeError:  # the interpreter exits, or there is no thread to be had
            return self._write(line)
        self.write_now = self._enqueue
        return self._enqueue(line)

    def _enqueue(self, line: bytes) -> None:
        while self.queued - self.written + len(line) > MOST_BYTES:
            if not self._progresses():
                self.lost += 1
                return
        self.queued += len(line)
        self.queue.put(line)

    def _progresses(self) -> bool:
        """Give the thread a moment. Whether the reader is awake; asked once each time it falls asleep."""
        if self.stuck_at == self.written:
            return False
        self.stuck_at = self.written
        sleep(MOMENT)
        return self.stuck_at != self.written

    def _run(self) -> None:
        item = self.queue.get()
        while True:
            batch = b""
            while isinstance(item, bytes) and (not batch or len(batch) + len(item) <= PIPE_BUF):
                batch += item
                item = None if self.queue.empty() else self.queue.get()
            if batch:
                self._write(batch)
                self.written += len(batch)
                self._announce()
            elif item:
                item.release()
                item = None
            item = item or self.queue.get()

    def _announce(self) -> None:
        if self.notice and self.queued - self.written < MOST_BYTES // 2:
            lost, notice = self.lost, self.notice
            self._write(notice.replace("{lost}", str(lost - self.announced)).encode())
            self.announced, self.notice = lost, ""

    def _write(self, line: bytes) -> None:
        while line:
            try:
                line = line[os.write(self.descriptor, line) :]
            except BlockingIOError:  # another process made the shared pipe non-blocking
                sleep(RETRY_SECONDS)
            except OSError:  # no reader, or a full disk
                return

    def finish(self) -> None:
        """Wait for the waiting lines to be written, at most EXIT_SECONDS. Later lines are written at once."""
        if self.write_now == self._enqueue:
            done = make_lock()
            done.acquire()
            self.queue.put(done)
            self.write_now = self._write if done.acquire(timeout=EXIT_SECONDS) else self._enqueue


STANDARD_ERROR = LogStream(2)
os.register_at_fork(after_in_child=STANDARD_ERROR.reset)
atexit.register(STANDARD_ERROR.finish)


class Handler(logging.StreamHandler[Any]):
    """Logs to standard error, and logs how many lines were lost."""

    def __init__(self) -> None:
        super().__init__(STANDARD_ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if STANDARD_ERROR.lost > STANDARD_ERROR.announced and not STANDARD_ERROR.notice:
            lost = logging.LogRecord(__name__, logging.WARNING, __file__, 0, LOST, None, None)
            STANDARD_ERROR.notice = self.format(lost) + self.terminator
