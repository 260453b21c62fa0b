"""A real local HTTP server that acts as an SMS provider and can fail in many ways. Needs no Django."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any

OK = {"message_id": "439166641150091221"}
ERROR = {"error": {"code": 16, "message": "unauthenticated, +79110000000 4711"}}
SLOW, HANG = 1, 30  # seconds


@dataclass
class Asked:
    """A request that was received."""

    method: str
    path: str
    headers: dict[str, str]
    message: dict[str, Any]


@dataclass
class Provider:
    """`mode` decides how the next requests are answered; `answered` counts those answered to the end.

    A number as the mode is a status, sent with `body`.
    """

    port: int = 0
    mode: str = "ok"
    body: bytes = field(default_factory=lambda: json.dumps(ERROR).encode())
    asked: list[Asked] = field(default_factory=list)
    answered: int = 0


class Handler(BaseHTTPRequestHandler):
    """Reads a request, and answers it according to the mode."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.provider.asked.append(Asked(self.command, self.path, headers, json.loads(body)))
        self.close_connection = True
        getattr(self, f"do_{self.provider.mode}", self.do_status)()
        self.provider.answered += 1

    def do_ok(self) -> None:
        self.answer(200, json.dumps(OK).encode())

    def do_slow(self) -> None:
        time.sleep(SLOW)
        self.do_ok()

    def do_status(self) -> None:
        self.answer(int(self.provider.mode), self.provider.body)

    def do_error(self) -> None:
        self.answer(200, json.dumps(ERROR).encode())

    def do_garbage(self) -> None:
        self.answer(200, b"<html>Welcome!</html>")

    def do_hang(self) -> None:
        time.sleep(HANG)

    def do_drip(self) -> None:
        self.head(200, 1000)
        for _ in range(HANG * 2):
            self.wfile.write(b" ")
            time.sleep(0.5)

    def do_reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.shutdown(socket.SHUT_RD)
        self.connection.close()
        self.wfile = self.rfile  # nothing more is written

    def answer(self, status: int, body: bytes) -> None:
        self.head(status, len(body))
        self.wfile.write(body)

    def head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Accepts many clients at once, and ignores those that disconnect."""

    request_queue_size = 512
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: Any) -> None:
        pass


@contextmanager
def provider(tls: SSLContext | None = None) -> Iterator[Provider]:
    """Serve on a free port until the block ends."""
    plays = Provider()
    server = Server(("127.0.0.1", 0), type("Played", (Handler,), {"provider": plays}))
    plays.port = server.server_port
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield plays
    finally:
        server.shutdown()
        server.server_close()
