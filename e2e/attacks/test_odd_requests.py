"""Requests as proxies, old clients and Windows send them, over real HTTP: a clear answer, and a budget."""

import json
import random
import socket

import pytest

QUERY = json.dumps({"query": "{ __typename }"}).encode()
DATA = {"data": {"__typename": "Query"}}
TYPE = b"Content-Type: application/json"
LENGTH = b"Content-Length: %d" % len(QUERY)


@pytest.fixture(scope="module")
def gunicorn(serve):
    with serve(TRUSTED_PROXIES="1", ADDRESS_CODES_PER_HOUR="2", SECRET_KEY="$HOME" + "k" * 32) as server:
        yield server


def ask(server, *headers, body=QUERY, line=b"POST /graphql"):
    """The status, headers and JSON of an answer."""
    head = [line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers]
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    start, _, content = answer.partition(b"\r\n\r\n")
    return int(start.split()[1]), start.decode("latin-1").lower(), json.loads(content)


CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(QUERY), QUERY)


def test_a_chunked_body_is_read(gunicorn):
    status, _, answer = ask(gunicorn, TYPE, b"Transfer-Encoding: chunked", body=CHUNKED)
    assert (status, answer) == (200, DATA)


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"deflate", b"zstd"])
def test_a_compressed_body_is_refused(gunicorn, coding):
    status, head, answer = ask(gunicorn, TYPE, LENGTH, b"Content-Encoding: " + coding)
    assert (status, answer["errors"][0]["extensions"]) == (415, {"code": "BAD_REQUEST"})
    assert "accept-encoding: identity" in head


@pytest.mark.parametrize("charset", [b"rot13", b"undefined", b"utf-16", b"idna"])
def test_no_charset_is_a_bug(gunicorn, charset):
    odd = TYPE + b"; charset=" + charset
    status, _, answer = ask(gunicorn, odd, LENGTH, line=b"POST /graphql?a=%D1%8F")
    assert (status, answer["errors"][0]["extensions"]) == (415, {"code": "BAD_REQUEST"})
    get = b"GET /graphql?query=%7B__typename%7D&operationName=&variables=&extensions="
    status, _, answer = ask(gunicorn, odd, b"Accept: application/json", line=get, body=b"")
    assert (status, answer) == (200, DATA)


def test_an_unknown_charset_of_rfc_2231_is_a_bad_request(gunicorn):
    status, _, answer = ask(gunicorn, TYPE + b"; charset*=unknown''x", LENGTH)
    assert (status, answer["errors"][0]["extensions"]) == (400, {"code": "BAD_REQUEST"})


def code_sent(server, *forwarded):
    number = f"+7911{random.randrange(10**7):07}"
    query = f'mutation {{ requestCode(phone: "{number}") {{ __typename }} }}'
    body = json.dumps({"query": query}).encode()
    lines = [b"X-Forwarded-For: " + line for line in forwarded]
    _, _, answer = ask(server, TYPE, b"Content-Length: %d" % len(body), *lines, body=body)
    return answer["data"]["requestCode"]["__typename"]


@pytest.mark.parametrize(
    "entries",
    [
        [[b"198.51.100.1:1"], [b"198.51.100.1:2"], [b"[198.51.100.1]"], [b'"198.51.100.1:3"']],
        [[b"[2001:db8::1]:443"], [b"2001:db8::2"], [b'"[2001:db8::3]"'], [b"\t2001:db8::4%eth0 "]],
        [[b"203.0.113.1", b"198.51.100.2"], [b"203.0.113.2", b"198.51.100.2:1"], *[[b"198.51.100.2"]] * 2],
        [[b"unknown"], [b"203.0.113.1,"], [b"203.0.113.2", b"_hidden"], [b"203.0.113.3,,"]],
    ],
)
def test_a_client_behind_a_proxy_has_a_budget(gunicorn, entries):
    sent = [code_sent(gunicorn, *lines) for lines in entries]
    assert sent == ["CodeSent", "CodeSent", "RateLimited", "RateLimited"]


def test_unreadable_addresses_are_logged_once(gunicorn):
    code_sent(gunicorn, b"unknown")
    code_sent(gunicorn, b"_hidden")
    assert gunicorn.output().count("The address of a client cannot be read.") == 1
    assert "Traceback" not in gunicorn.output()
