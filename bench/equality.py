"""Whether all servers answer the same, so that what is compared is the same work."""

import json
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

from bench.loads import LOADS, Load, Request
from bench.servers import Server


def require_same_answers(servers: list[Server]) -> None:
    """The limit answers with the service's bytes, the REST view with the same values."""
    limit, service, rest = (ask(server, LOADS["me"][server.name]) for server in servers)
    assert limit == service, (limit, service)
    ours, theirs = json.loads(service)["data"]["me"], json.loads(rest)
    assert [*ours.values()][1:-1] == [*theirs.values()][1:-1], (ours, theirs)  # id and createdAt are the same in other words


def ask(server: Server, what: Load, request: Request | None = None) -> bytes:
    """The body of one answer, to a load's first request unless another is given."""
    request = request or what.requests()[0]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {request.token}"}
    body = request.body.encode() or None
    with urlopen(HttpRequest(f"{server.url}{what.path}", body, headers), timeout=30) as answer:
        content: bytes = answer.read()
    return content
