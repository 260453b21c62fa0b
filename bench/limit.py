"""The limit: how fast the service could be at most, written by hand on bare WSGI, without a framework.

It runs under the same server and configuration as the service, checks the same tokens with PyJWT, runs the
same statements through psycopg2 in the same transactions over as many connections, and answers with the same
bytes. What it leaves out is what a framework is for: it knows a few documents by heart and parses none, asks
for no column that it does not show, and keeps no log, no budget of addresses and no translations.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench import operations
from bench.limit_acts import me
from bench.limit_pool import Pool
from bench.limit_tokens import Unauthenticated

Act = Callable[[Cursor, dict[str, Any], dict[str, str]], dict[str, Any]]

ACTS: dict[str, Act] = {operations.ME: me}
UNAUTHENTICATED = {"data": {"me": None}, "errors": [{"extensions": {"code": "UNAUTHENTICATED"}}]}

pool = Pool()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one of the operations that are known by heart; 400 to anything else."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    asked = json.loads(environ["wsgi.input"].read(length) or "{}")
    act = ACTS.get(asked.get("query", ""))
    if act is None:
        start_response(f"{HTTPStatus.BAD_REQUEST.value} Bad Request", [("Content-Length", "0")])
        return []
    content = json.dumps(_answer(act, environ, asked["variables"]), separators=(",", ":")).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response("200 OK", headers)
    return [content]


def _answer(act: Act, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    try:
        with pool.cursor() as cursor:
            return {"data": act(cursor, environ, variables)}
    except Unauthenticated:
        return UNAUTHENTICATED
