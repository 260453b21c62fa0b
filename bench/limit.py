"""The limit: an upper bound for the speed of the service, hand-written on bare WSGI.

It runs under the same server and configuration as the service, checks the same tokens with PyJWT, runs the
same statements in the same transactions over as many psycopg2 connections, and answers with the same bytes.
It leaves out what a framework provides: it knows a few documents and parses none, selects only the columns
it needs, has no log and no client budgets, does not normalise phone numbers, and has a single refusal.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench import operations
from bench.by_hand.invites import activate_invite
from bench.by_hand.pool import Pool
from bench.by_hand.profile import me
from bench.by_hand.sessions import refresh_session
from bench.by_hand.sign_in import verify_code
from bench.by_hand.tokens import Refused

Environ = dict[str, Any]
Act = Callable[[Cursor, Environ, dict[str, str]], dict[str, Any]]

ACTS: dict[str, Act] = {
    operations.ME: me,
    operations.VERIFY_CODE: verify_code,
    operations.ACTIVATE_INVITE: activate_invite,
    operations.REFRESH_SESSION: refresh_session,
}

pool = Pool()


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one of the known operations."""
    try:
        content = json.dumps({"data": _run(environ)}, separators=(",", ":")).encode()
    except Refused:
        start_response("403 Forbidden", [("Content-Length", "0")])
        return []
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response("200 OK", headers)
    return [content]


def _run(environ: Environ) -> dict[str, Any]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    asked = json.loads(environ["wsgi.input"].read(length) or "{}")
    act = ACTS.get(asked.get("query", ""))
    if act is None:
        raise Refused
    with pool.cursor() as cursor:
        return act(cursor, environ, asked["variables"])
