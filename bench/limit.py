"""The limit: how fast the service could be at most, written by hand on bare WSGI, without a framework.

It runs under the same server and configuration as the service, checks the same tokens with PyJWT, runs the
same statements through psycopg2 in the same transactions over as many connections, and answers with the same
bytes. What it leaves out is what a framework is for: it knows a few documents by heart and parses none, asks
for no column that it does not need, keeps no log and no budgets of addresses, takes a phone number as it is
written, and has one refusal for everything that does not succeed.
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
    """Answer one of the operations that are known by heart."""
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
