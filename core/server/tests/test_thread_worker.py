import logging
import os
from contextlib import ExitStack
from selectors import DefaultSelector
from socket import create_connection, create_server
from threading import Event, Thread

import pytest
from gunicorn.config import Config

from core.server.thread_worker import Worker

ASK = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
THREADS = 4


@pytest.fixture
def worker(monkeypatch):
    """gunicorn's, as its arbiter makes one, but in a thread."""
    log, config = logging.getLogger("gunicorn.error"), Config()
    config.set("threads", THREADS)
    monkeypatch.setattr(log, "access", lambda *_: None, raising=False)
    listener = create_server(("127.0.0.1", 0))
    worker = Worker(0, os.getppid(), [listener], None, config.timeout, config, log)
    worker.tpool, worker.poller, worker.wsgi = worker.get_thread_pool(), DefaultSelector(), application
    worker.method_queue.init()
    worker.read_settings()
    running = Thread(target=worker.run)
    running.start()
    yield worker
    worker.handle_exit(None, None)
    running.join(timeout=30)
    worker.tmp.close()
    assert not running.is_alive()


def application(environ, start_response):
    content = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(content)))])
    return [content]


@pytest.fixture
def connect(worker):
    with ExitStack() as clients:

        def connect(address, request=b""):
            client = create_connection(worker.sockets[0].getsockname(), 10, (address, 0))
            client.sendall(request)
            return clients.enter_context(client)

        yield connect


def answer(client):
    with client.makefile("rb") as file:
        return file.read()


def read_only(client):
    """The end of an answer, without closing the connection."""
    received = b""
    while part := client.recv(1000):
        received += part
    return received[-4:]


def test_one_address_leaves_half_of_the_threads_to_others(connect):
    slow = [connect("127.0.0.1", ASK) for _ in range(THREADS * 2)]
    assert answer(connect("127.0.0.2", ASK + b"body")).endswith(b"\r\n\r\nbody")
    for client in slow:
        client.sendall(b"body")
    assert [answer(client)[-4:] for client in slow] == [b"body"] * len(slow)


def test_one_address_has_so_many_connections(connect):
    silent = [connect("127.0.0.1") for _ in range(THREADS * 4)]
    assert answer(connect("127.0.0.1", ASK + b"body")).startswith(b"HTTP/1.1 503 ")
    assert answer(connect("127.0.0.2", ASK + b"body")).startswith(b"HTTP/1.1 200 ")
    assert silent[0].recv(1) == b""  # closed after `keepalive` seconds
    assert answer(connect("127.0.0.1", ASK + b"body")).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_does_not_close_does_not_stop_the_others(connect, worker, monkeypatch):
    looked = Event()
    monkeypatch.setattr(worker, "notify", looked.set)
    kept = [connect("127.0.0.1", ASK + b"body") for _ in range(10)]
    assert [read_only(client) for client in kept] == [b"body"] * 10
    looked.clear()
    assert looked.wait(timeout=5)  # gunicorn waited in its main loop for up to 2 seconds each
