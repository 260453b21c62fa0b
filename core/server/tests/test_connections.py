from socket import socketpair
from types import SimpleNamespace

import pytest

from core.server.answers import TOO_MANY
from core.server.connections import Connections, Shares, peer_of

HERE, THERE = ("192.0.2.1", 1), ("192.0.2.2", 1)


@pytest.mark.parametrize(
    ("address", "peer"),
    [
        (("192.0.2.1", 1), "192.0.2.1"),
        (("::ffff:192.0.2.1", 1, 0, 0), "192.0.2.1"),
        (("2001:db8:1:2:3:4:5:6", 1, 0, 0), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 1, 0, 0), "fe80::/64"),
        ("", ""),
    ],
)
def test_the_peer_of_an_address(address, peer):
    assert peer_of(address) == peer


@pytest.fixture
def connect():
    """A new connection: the server's side and the client's."""
    clients = []

    def connect():
        ours, theirs = socketpair()
        theirs.settimeout(5)
        clients.append(theirs)
        return ours, theirs

    yield connect
    for client in clients:
        client.close()


def test_one_address_has_so_many_connections_and_closing_one_admits_another(connect):
    connections = Connections(2)
    first, second = (connections.admit(connect()[0], HERE) for _ in range(2))
    other = connections.admit(connect()[0], THERE)
    refused, client = connect()
    client.sendall(b"GET / HTTP/1.1\r\n\r\n")
    assert connections.admit(refused, HERE) is None
    assert (client.recv(1000), client.recv(1000)) == (TOO_MANY, b"")
    assert first
    first.close()
    first.close()
    third = connections.admit(connect()[0], HERE)
    assert third
    assert connections.admit(connect()[0], HERE) is None
    for each in (second, third, other):
        assert each
        each.close()


def test_refusals_are_logged_once_a_minute(connect, caplog):
    connections = Connections(0)
    for _ in range(3):
        assert connections.admit(connect()[0], HERE) is None
    (record,) = caplog.records
    assert record.getMessage().startswith("192.0.2.1 has 0 connections; more are refused.")


def test_nothing_is_counted_behind_a_proxy(connect):
    connections = Connections(None)
    admitted = [connections.admit(connect()[0], HERE) for _ in range(3)]
    for each in admitted:
        assert each
        each.close()


def test_a_waiting_connection_takes_over_the_thread_of_its_network():
    shares = Shares(1)
    first, second, third, other = (SimpleNamespace(client=peer) for peer in (HERE, HERE, HERE, THERE))
    assert [shares.take(each) for each in (first, second, third, other)] == [True, False, False, True]
    assert [shares.give_back(each) for each in (other, first, second)] == [None, second, third]
    assert not shares.take(first)
    assert shares.give_back(third) is first
    assert shares.give_back(first) is None
    assert shares.take(second)


def test_without_a_size_nobody_waits():
    shares = Shares(None)
    assert all(shares.take(SimpleNamespace(client=HERE)) for _ in range(100))
