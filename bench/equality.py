"""Checks that all servers give the same answers, so that they do the same work."""

import json
import re
from typing import Any
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from bench.loads import LOADS, Load, Request, post
from bench.operations import ME, REFRESH_SESSION
from bench.servers import Server

# Answers to mutations differ in values, but have the same length and the same fields in the same order.
VALUE = re.compile(rb':"[^"]*"')
LETTER = re.compile(rb"[\w-]")


def require_same_answers(servers: list[Server]) -> None:
    """Require the same bytes from the limit and the service, and the same values from the REST view."""
    limit, service, rest = servers
    profile = _ask(service, LOADS["me"]["service"])
    assert profile == _ask(limit, LOADS["me"]["limit"])
    ours, theirs = json.loads(profile)["data"]["me"], json.loads(_ask(rest, LOADS["me"]["rest"]))
    assert [*ours.values()][1:-1] == [*theirs.values()][1:-1]  # the id and the instant have another format
    for operation in ("verifyCode", "verifyCode, new user", "activateInvite", "refreshSession"):
        answers = [_ask(server, LOADS[operation][server.name]) for server in (limit, service)]
        assert len({VALUE.sub(_blank, answer) for answer in answers}) == 1, answers
    _require_good_tokens(_ask(limit, LOADS["verifyCode"]["limit"]), "verifyCode", service)
    _require_good_tokens(_ask(limit, LOADS["refreshSession"]["limit"]), "refreshSession", service)


def _require_good_tokens(answer: bytes, operation: str, service: Server) -> None:
    """Require that the service accepts the limit's tokens."""
    tokens: dict[str, Any] = json.loads(answer)["data"][operation]
    assert b'{"me":{"id":' in _send(service, "/graphql", post(ME, tokens["accessToken"]))
    assert b'"SessionRefreshed"' in _send(
        service, "/graphql", post(REFRESH_SESSION, token=tokens["refreshToken"])
    )


def _ask(server: Server, load: Load) -> bytes:
    answer = _send(server, load.path, load.requests(1)[0])
    assert load.expected.encode() in answer, answer
    return answer


def _send(server: Server, path: str, request: Request) -> bytes:
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {request.token}",
        "X-Forwarded-For": "192.0.2.1",
    }
    body = request.body.encode() or None
    with urlopen(HttpRequest(f"{server.url}{path}", body, headers), timeout=30) as answer:
        content: bytes = answer.read()
    return content


def _blank(value: re.Match[bytes]) -> bytes:
    return LETTER.sub(b"x", value[0])
