"""A client's connection whose reads and writes have a deadline and a size."""

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, BinaryIO

HEAD_SECONDS = 3.0  # from the connection or the previous answer to the end of the headers
REQUEST_SECONDS = 10.0  # from the same moment to the end of the body
HEAD_BYTES = 64 * 1024
ANSWER_SECONDS = 30.0  # from the first byte to the last one that the kernel accepts
LINGER_SECONDS = 2.0
LINGER_BYTES = 1024 * 1024
FILE_BLOCK = 64 * 1024
SHORTEST_WAIT = 0.001


class ClientSocket:
    """Wraps a socket of the standard library or of gevent.

    A client that exceeds a bound looks to gunicorn like one that disconnected: recv() returns no bytes,
    sendall() raises BrokenPipeError. gunicorn closes such connections and logs nothing.
    """

    def __init__(self, connection: Any, on_close: Callable[[], None] = lambda: None) -> None:
        self._connection, self._on_close = connection, on_close
        self.expect_head()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def expect_head(self) -> None:
        """Start the bounds of the next request."""
        self._began = monotonic()
        self._expect(HEAD_SECONDS, HEAD_BYTES)

    def expect_body(self, size: int) -> None:
        """Allow reading `size` more bytes of the request."""
        self._expect(REQUEST_SECONDS, size)

    def expect_nothing(self) -> None:
        """From now on recv() returns no bytes, without waiting."""
        self._expect(0, 0)

    def _expect(self, seconds: float, size: int) -> None:
        self.exhausted = False
        self._read_by, self._unread = self._began + seconds, size
        self._write_by: float | None = None

    def recv(self, size: int) -> bytes:
        if self._unread > 0:
            # What has arrived is read even if this process was too busy to do so in time.
            self._connection.settimeout(max(0, self._read_by - monotonic()))
            with suppress(TimeoutError, BlockingIOError):
                data: bytes = self._connection.recv(min(size, self._unread))
                self._unread -= len(data)
                return data
        self.exhausted = True
        return b""

    def sendall(self, data: bytes) -> None:
        now = monotonic()
        if self._write_by is None:
            self._write_by = now + ANSWER_SECONDS
        # A timeout of 0 would mean not to wait, and to raise BlockingIOError.
        self._connection.settimeout(max(self._write_by - now, SHORTEST_WAIT))
        try:
            self._connection.sendall(data)
        except TimeoutError:
            raise BrokenPipeError(errno.EPIPE, "The client does not read its answer.") from None

    def sendfile(self, file: BinaryIO, offset: int, count: int) -> None:
        """Send `count` bytes of a file. The kernel's sendfile has a timeout for each step, not for all."""
        file.seek(offset)
        while count > 0 and (block := file.read(min(count, FILE_BLOCK))):
            self.sendall(block)
            count -= len(block)

    def linger(self) -> None:
        """End the answer, and drain a bounded part of what the client still sends.

        Closing a socket with unread bytes resets the connection, and the client may lose the answer
        (RFC 9112, section 9.6).
        """
        self._began = monotonic()
        self._expect(LINGER_SECONDS, LINGER_BYTES)
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
            while self.recv(FILE_BLOCK):
                pass
        self.expect_nothing()

    def close(self) -> None:
        self._connection.close()
        on_close, self._on_close = self._on_close, lambda: None
        on_close()
