import logging
import os
from collections import Counter
from socket import create_connection

import pytest
from gevent import socket
from gevent.pool import Pool
from gunicorn.config import Config
from gunicorn.workers import ggevent

from core.server import client_socket
from core.server.gevent_worker import DrainingServer, Worker

CROWD = 5


@pytest.fixture
def listener():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(CROWD)
    yield listener
    listener.close()


@pytest.fixture
def worker(listener, monkeypatch):
    """gunicorn's, as its arbiter makes one, but for the fork."""
    monkeypatch.setattr(ggevent, "StreamServer", ggevent.StreamServer)  # put back afterwards
    log, config = logging.getLogger("gunicorn.error"), Config()
    monkeypatch.setattr(log, "access", lambda *_: None, raising=False)
    worker = Worker(0, os.getppid(), [listener], None, config.timeout, config, log)
    worker.wsgi, worker.alive = application, False  # told to end
    worker.read_settings()
    yield worker
    worker.tmp.close()


def answer(client, address):
    client.sendall(b"an answer")


def application(environ, start_response):
    if environ["QUERY_STRING"]:
        raise RuntimeError
    start_response("200 OK", [("Content-Length", "9")])
    return [b"an answer"]


def connect(listener):
    return [create_connection(listener.getsockname(), timeout=5) for _ in range(CROWD)]


def test_queued_connections_are_answered_on_shutdown(listener):
    clients = connect(listener)
    server = DrainingServer(listener, answer, spawn=Pool())
    server.close()
    server.pool.join(timeout=5)
    assert [client.recv(100) for client in clients] == [b"an answer"] * CROWD
    for client in clients:
        client.close()


def answers(worker, listener, request):
    """What clients are answered who have sent a request before the worker looks."""
    clients = connect(listener)
    for client in clients:
        client.sendall(request)
    worker.run()
    answered = []
    for client in clients:
        with client, client.makefile("rb") as answer:
            answered.append(answer.read())
    return answered


def test_gunicorns_worker_answers_queued_connections(worker, listener):
    answered = answers(worker, listener, b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")
    assert [answer.startswith(b"HTTP/1.1 200 OK\r\n") for answer in answered] == [True] * CROWD
    assert [answer.endswith(b"an answer") for answer in answered] == [True] * CROWD


COMPLAINTS = {
    b"GET / HTTP/1.1\r\nAuthorization Bearer secret\r\n\r\n": "Invalid request from ip=127.0.0.1",
    b"GET /graphql?query=secret HTTP/1.1\r\n\r\n": "Error handling request GET /graphql",
}


@pytest.mark.parametrize("request_", COMPLAINTS)
def test_the_wording_of_gunicorns_errors(worker, listener, caplog, request_):
    answers(worker, listener, request_)
    assert [record.getMessage() for record in caplog.records] == [COMPLAINTS[request_]] * CROWD


def test_a_half_body_is_answered_408(worker, listener, monkeypatch):
    monkeypatch.setattr(client_socket, "REQUEST_SECONDS", 0.2)
    half = b"POST / HTTP/1.1\r\nHost: example.com\r\nContent-Length: 4\r\n\r\nbo"
    answered = answers(worker, listener, half)
    assert [answer.startswith(b"HTTP/1.1 408 ") for answer in answered] == [True] * CROWD


def test_pipelined_requests_let_other_connections_run(worker, listener):
    ports = []

    def note(environ, start_response):
        ports.append(environ["REMOTE_PORT"])
        worker.alive = len(ports) < 20 * CROWD - CROWD  # once it is told to end, connections close
        return application(environ, start_response)

    worker.wsgi, worker.alive = note, True
    answers(worker, listener, b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n" * 20)
    assert len(set(ports[: 2 * CROWD])) == CROWD


def test_one_address_has_so_many_connections(worker, listener, settings, monkeypatch):
    settings.TRUSTED_PROXIES = 0
    monkeypatch.setattr(client_socket, "HEAD_SECONDS", 0.2)
    worker.worker_connections = 4 * (CROWD - 2)
    worker.read_settings()
    answered = answers(worker, listener, b"GET / HTTP/1.1\r\n")
    assert Counter(answer.partition(b"\r\n")[0] for answer in answered) == {
        b"": CROWD - 2,
        b"HTTP/1.1 503 Service Unavailable": 2,
    }
