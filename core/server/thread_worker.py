"""gunicorn's threaded worker, with bounded clients."""

import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers import gthread

from core.server.bounds import Bounds
from core.server.connections import Shares

CONNECTIONS_FOR_EACH_THREAD = 4


class Worker(Bounds, gthread.ThreadWorker):  # type: ignore[misc]  # untyped
    """A connection has a thread only while a request comes. One address has at most half of the threads."""

    def read_settings(self) -> None:
        super().read_settings()
        self.shares = Shares(self.for_one_address(self.cfg.threads // 2))

    def most_connections(self) -> int:
        return int(self.cfg.threads) * CONNECTIONS_FOR_EACH_THREAD

    def accept(self, listener: Any) -> None:
        """Let the poller wait for the first byte. gunicorn's own method uses a thread for that."""
        with suppress(BlockingIOError, ConnectionAbortedError):
            connection, peer = listener.accept()
            if admitted := self.connections.admit(connection, peer):
                self.nr_conns += 1
                self._await_data(gthread.TConn(self.cfg, admitted, peer, listener.getsockname()))

    def _await_data(self, conn: Any) -> None:
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        conn.sock.expect_head()
        if self.shares.take(conn):
            super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        if waiting := self.shares.give_back(conn):
            super().enqueue_req(waiting)
        super().finish_request(conn, fs)

    def handle(self, conn: Any) -> Any:
        kept = super().handle(conn)
        if not kept:
            conn.sock.expect_nothing()  # gunicorn drains it in the main thread, where it must not wait
        return kept

    def handle_request(self, req: Any, conn: Any) -> Any:
        handle = super().handle_request
        return self.handle_received(req, conn.sock, lambda: handle(req, conn))
