from socket import SHUT_WR, socketpair

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser
from gunicorn.http.errors import InvalidChunkSize

from core.server import client_socket
from core.server.answers import INCOMPLETE, TOO_SLOW
from core.server.client_socket import ClientSocket
from core.server.request_body import CONTINUE, receive

LONGEST = 1000


@pytest.fixture
def sent(monkeypatch):
    """Sends a request. Returns it as gunicorn parses it, the server's socket and the client's."""
    monkeypatch.setattr(client_socket, "REQUEST_SECONDS", 0.2)
    pairs = []

    def sent(*headers, body=b""):
        ours, theirs = socketpair()
        pairs.extend([ours, theirs])
        theirs.settimeout(5)
        head = "\r\n".join(["POST / HTTP/1.1", "Host: localhost", *headers])
        theirs.sendall(f"{head}\r\n\r\n".encode() + body)
        server = ClientSocket(ours)
        return next(get_parser(Config(), server, ("192.0.2.1", 1))), server, theirs

    yield sent
    for each in pairs:
        each.close()


def test_a_body_is_received_as_a_whole(sent):
    request, server, _ = sent("Content-Length: 4", body=b"body" + b"the next request")
    assert receive(request, server, LONGEST) is None
    assert (request.body.read(), request.should_close()) == (b"body", False)


@pytest.mark.parametrize("header", ["Content-Length: 4", "Transfer-Encoding: chunked"])
def test_half_a_body_is_too_slow(sent, header):
    request, server, _ = sent(header, body=b"3\r")
    assert receive(request, server, LONGEST) == TOO_SLOW
    assert request.should_close()


@pytest.mark.parametrize("header", ["Content-Length: 4", "Transfer-Encoding: chunked"])
def test_half_a_body_before_the_end_of_the_connection_is_incomplete(sent, header):
    request, server, client = sent(header, body=b"3\r")
    client.shutdown(SHUT_WR)
    assert receive(request, server, LONGEST) == INCOMPLETE
    assert request.should_close()


@pytest.mark.parametrize("length", [LONGEST + 1, 10_000_000_000])
def test_a_longer_body_is_left_unread(sent, length):
    request, server, _ = sent(f"Content-Length: {length}", "Expect: 100-continue")
    assert receive(request, server, LONGEST) is None
    assert dict(request.headers)["CONTENT-LENGTH"] == str(length)
    assert (request.body.read(), request.should_close()) == (b"", True)
    assert not request._expected_100_continue


def test_a_client_that_expects_100_is_told_to_continue(sent):
    request, server, client = sent("Content-Length: 4", "Expect: 100-continue", body=b"body")
    assert request._expected_100_continue
    assert receive(request, server, LONGEST) is None
    assert (client.recv(100), request._expected_100_continue) == (CONTINUE, False)


def test_a_chunked_body_gets_a_length(sent):
    request, server, _ = sent("Transfer-Encoding: chunked", body=b"4\r\nbody\r\n2;x=1\r\n42\r\n0\r\n\r\n")
    assert receive(request, server, LONGEST) is None
    headers = dict(request.headers)
    assert (headers["CONTENT-LENGTH"], "TRANSFER-ENCODING" in headers) == ("6", False)
    assert (request.body.read(), request.should_close()) == (b"body42", False)


def test_an_endless_chunked_body_is_left_when_it_is_too_long(sent):
    request, server, _ = sent("Transfer-Encoding: chunked", body=b"64\r\n" + b"." * 100 + b"\r\n")
    request.body.reader.parser = iter(lambda: b"." * 100, b"")
    assert receive(request, server, LONGEST) is None
    assert dict(request.headers)["CONTENT-LENGTH"] == str(LONGEST + 1)
    assert (request.body.read(), request.should_close()) == (b"", True)


def test_chunks_of_little_but_framing_are_cut(sent):
    request, server, _ = sent("Transfer-Encoding: chunked", body=(b"1;x=" + b"y" * 500 + b"\r\n.\r\n") * 100)
    assert receive(request, server, LONGEST) == TOO_SLOW
    assert request.should_close()


def test_an_invalid_chunk_raises_what_gunicorn_answers_400(sent):
    request, server, _ = sent("Transfer-Encoding: chunked", body=b"no\r\n")
    with pytest.raises(InvalidChunkSize):
        receive(request, server, LONGEST)
