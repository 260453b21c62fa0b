from socket import create_connection

from gevent import socket
from gevent.pool import Pool

from core.worker import DrainingServer

CROWD = 5


def answer(client, address):
    client.sendall(b"an answer")


def test_who_has_connected_is_answered_though_nobody_let_them_in_before_the_end():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(CROWD)
    clients = [create_connection(listener.getsockname(), timeout=5) for _ in range(CROWD)]
    server = DrainingServer(listener, answer, spawn=Pool())
    server.close()
    server.pool.join(timeout=5)
    assert [client.recv(100) for client in clients] == [b"an answer"] * CROWD
    for client in clients:
        client.close()
