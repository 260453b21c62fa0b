import io
import time
from socket import socketpair
from threading import Thread

import pytest

from core.server import client_socket
from core.server.client_socket import ClientSocket


@pytest.fixture
def pair():
    """The server's side and the client's."""
    ours, theirs = socketpair()
    theirs.settimeout(10)
    with ours, theirs:
        yield ClientSocket(ours), theirs


def everything(server):
    return b"".join(iter(lambda: server.recv(100), b""))


def test_a_silent_client_is_given_up(pair):
    server, _ = pair
    server._expect(0.05, 100)
    assert server.recv(10) == b""
    assert server.exhausted


def test_a_dripping_client_has_one_deadline_for_all_bytes(pair):
    server, client = pair
    server._expect(0.5, 1000)

    def drip():
        while not server.exhausted:
            client.sendall(b".")
            time.sleep(0.05)

    dripping = Thread(target=drip)
    dripping.start()
    received = everything(server)
    assert server.exhausted
    assert 0 < len(received) < 1000
    dripping.join()


def test_a_client_that_never_waits_is_cut_by_size(pair):
    server, client = pair
    client.sendall(b"." * 500)
    server._expect(10, 150)
    assert (everything(server), server.exhausted) == (b"." * 150, True)


def test_the_end_of_the_connection_is_not_a_bound(pair):
    server, client = pair
    client.sendall(b"all")
    client.close()
    assert (everything(server), server.exhausted) == (b"all", False)


def test_an_unread_answer_is_given_up(pair, monkeypatch):
    monkeypatch.setattr(client_socket, "ANSWER_SECONDS", 0.05)
    server, _ = pair
    with pytest.raises(BrokenPipeError):
        server.sendall(b"." * 10_000_000)


def test_an_answer_in_many_parts_has_one_deadline(pair, monkeypatch):
    monkeypatch.setattr(client_socket, "ANSWER_SECONDS", 0.5)
    server, client = pair

    def sip():
        while client.recv(10_000):
            time.sleep(0.05)

    sipping = Thread(target=sip, daemon=True)
    sipping.start()
    with pytest.raises(BrokenPipeError):
        server.sendfile(io.BytesIO(b"." * 50_000_000), offset=0, count=50_000_000)
    server.close()
    sipping.join(timeout=10)


def test_the_next_answer_has_its_own_time(pair, monkeypatch):
    monkeypatch.setattr(client_socket, "ANSWER_SECONDS", 0.05)
    server, client = pair
    for _ in range(3):
        server.sendall(b"answer")
        time.sleep(0.1)
        server.expect_head()
    assert client.recv(100) == b"answer" * 3


def test_a_part_of_a_file_is_sent(pair):
    server, client = pair
    server.sendfile(io.BytesIO(b"0123456789"), offset=2, count=5)
    assert client.recv(100) == b"23456"


def test_lingering_lets_the_client_read_its_answer_and_is_bounded(pair, monkeypatch):
    monkeypatch.setattr(client_socket, "LINGER_BYTES", 1000)
    server, client = pair
    client.sendall(b"." * 1500)
    server.sendall(b"answer")
    server.linger()
    assert (client.recv(100), client.recv(100)) == (b"answer", b"")
    assert server.recv(100) == b""


def test_closing_is_reported_once():
    ours, theirs = socketpair()
    closed = []
    server = ClientSocket(ours, lambda: closed.append(1))
    server.close()
    server.close()
    theirs.close()
    assert closed == [1]
