"""What the limit does: the service's statements, one by one, in its order and its transactions."""

import os
from base64 import b64encode
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench.limit_tokens import Unauthenticated, read_access_token

PUBLIC_URL = os.environ["PUBLIC_URL"]

AUTHENTICATE = """
SELECT u.id, u.phone, u.invite_code, u.invited_count, u.created_at, r.code,
       s.confirmed_counter < %(counter)s AND s.refresh_counter = %(counter)s
FROM referral_session AS s
JOIN referral_user AS u ON s.user_id = u.id
LEFT JOIN referral_referral AS r ON u.id = r.invitee_id
WHERE s.ended_at IS NULL AND s.id = %(session)s AND u.is_active AND s.user_id = %(user)s
ORDER BY s.id LIMIT 1
"""
CONFIRM = """
UPDATE referral_session SET confirmed_counter = %(counter)s, confirmed_at = now()
WHERE id = %(session)s AND confirmed_counter < %(counter)s
"""
PHONES = """
SELECT u.phone FROM referral_user AS u JOIN referral_referral AS r ON u.id = r.invitee_id
WHERE u.phone IS NOT NULL AND r.inviter_id = %s
ORDER BY r.created_at DESC, r.invitee_id DESC LIMIT 20
"""


def me(cursor: Cursor, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """The viewer's profile with twenty invited phones: two statements."""
    id_, phone, invite_code, invited_count, created_at, activated_code = _authenticate(cursor, environ)
    cursor.execute(PHONES, [id_])
    profile = {
        "id": b64encode(f"User:{id_}".encode()).decode(),
        "phone": phone,
        "inviteCode": invite_code,
        "inviteLink": f"{PUBLIC_URL}/i/{invite_code}",
        "activatedCode": activated_code,
        "invitedCount": invited_count,
        "invitedPhones": [invited for (invited,) in cursor],
        "createdAt": created_at.isoformat(),
    }
    return {"me": profile}


def _authenticate(cursor: Cursor, environ: dict[str, Any]) -> tuple[Any, ...]:
    """Who asks: id, phone, invite code, count of invitees, creation and the code that was activated."""
    claims = read_access_token(environ)
    named = {"session": claims.session_id, "user": claims.user_id, "counter": claims.counter}
    cursor.execute(AUTHENTICATE, named)
    row = cursor.fetchone()
    if row is None:
        raise Unauthenticated
    *user, unconfirmed = row
    if unconfirmed:
        cursor.execute(CONFIRM, named)
    return tuple(user)
