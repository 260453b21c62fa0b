"""The limit's sessions, and `refreshSession`: the service's statements."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench.by_hand.pool import transaction
from bench.by_hand.tokens import ABSOLUTE, IDLE, Refused, Session, issue, read_refresh

SURPLUS = """
SELECT id FROM referral_session
WHERE user_id = %s AND ended_at IS NULL AND last_used_at > %s AND created_at > %s
ORDER BY created_at DESC, id DESC LIMIT 100 OFFSET 99
"""
END = "UPDATE referral_session SET ended_at = %s WHERE id = ANY(%s::uuid[])"
START = """
INSERT INTO referral_session (id, user_id, refresh_counter, confirmed_counter, confirmed_at, created_at,
                              last_used_at, user_agent, ip_address)
VALUES (%s, %s, 1, 1, %s, %s, %s, %s, %s)
"""
RECORD = """
INSERT INTO referral_signinevent (kind, phone, ip_address, user_agent, created_at)
VALUES ('signed in', %s, %s, %s, %s) RETURNING id
"""
LOCK_SESSION = """
SELECT s.user_id, s.refresh_counter, s.created_at, s.last_used_at
FROM referral_session AS s JOIN referral_user AS u ON s.user_id = u.id
WHERE s.ended_at IS NULL AND s.id = %s AND u.is_active
FOR NO KEY UPDATE OF s
"""
ROTATE = """
UPDATE referral_session SET refresh_counter = %(counter)s + 1, last_used_at = %(now)s,
       confirmed_at = CASE WHEN confirmed_counter < %(counter)s THEN %(now)s ELSE confirmed_at END,
       confirmed_counter = %(counter)s
WHERE id = %(id)s
"""


def start(cursor: Cursor, user_id: str, phone: str, environ: dict[str, Any], now: datetime) -> Session:
    """Start a session for a user, and record the event."""
    address = environ.get("HTTP_X_FORWARDED_FOR", environ["REMOTE_ADDR"]).rpartition(",")[2].strip()
    user_agent = environ.get("HTTP_USER_AGENT", "")[:256]
    session = Session(str(uuid4()), user_id, 1, now, now)
    cursor.execute(SURPLUS, [user_id, now - IDLE, now - ABSOLUTE])
    if surplus := [id_ for (id_,) in cursor.fetchall()]:
        cursor.execute(END, [now, surplus])
    cursor.execute(START, [session.id, user_id, now, now, now, user_agent, address])
    cursor.execute(RECORD, [phone, address, user_agent, now])
    return session


def refresh_session(cursor: Cursor, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """Rotate the current refresh token of a session: two statements and a commit."""
    now = datetime.now(UTC)
    session_id, counter = read_refresh(variables["token"])
    with transaction(cursor):
        cursor.execute(LOCK_SESSION, [session_id])
        user_id, current, created_at, last_used_at = cursor.fetchone() or (None, None, now, now)
        if current != counter or now >= min(last_used_at + IDLE, created_at + ABSOLUTE):
            raise Refused
        cursor.execute(ROTATE, {"counter": counter, "now": now, "id": session_id})
    session = Session(session_id, user_id, counter + 1, created_at, now)
    return {"refreshSession": {"__typename": "SessionRefreshed", **issue(session, now)}}
