"""The limit's authentication and `me`: the service's statements."""

import os
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench.by_hand.tokens import Refused, read_access

PUBLIC_URL = os.environ["PUBLIC_URL"]

AUTHENTICATE = """
SELECT u.id, u.phone, u.invite_code, u.invited_count, u.created_at, r.code,
       s.confirmed_counter < %(rc)s AND s.refresh_counter = %(rc)s
FROM referral_session AS s
JOIN referral_user AS u ON s.user_id = u.id
LEFT JOIN referral_referral AS r ON u.id = r.invitee_id
WHERE s.ended_at IS NULL AND s.id = %(sid)s AND u.is_active AND s.user_id = %(sub)s
"""
CONFIRM = """
UPDATE referral_session SET confirmed_counter = %(rc)s, confirmed_at = now()
WHERE id = %(sid)s AND confirmed_counter < %(rc)s
"""
PHONES = """
SELECT u.phone FROM referral_user AS u JOIN referral_referral AS r ON u.id = r.invitee_id
WHERE u.phone IS NOT NULL AND r.inviter_id = %s
ORDER BY r.created_at DESC, r.invitee_id DESC LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The user whom the access token names."""

    id: str
    phone: str
    invite_code: str
    invited_count: int
    created_at: datetime
    activated_code: str | None


def me(cursor: Cursor, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """The viewer's profile with twenty invited phones: two statements."""
    viewer = authenticate(cursor, environ)
    cursor.execute(PHONES, [viewer.id])
    profile = {
        "id": b64encode(f"User:{viewer.id}".encode()).decode(),
        "phone": viewer.phone,
        "inviteCode": viewer.invite_code,
        "inviteLink": f"{PUBLIC_URL}/i/{viewer.invite_code}",
        "activatedCode": viewer.activated_code,
        "invitedCount": viewer.invited_count,
        "invitedPhones": [phone for (phone,) in cursor],
        "createdAt": viewer.created_at.isoformat(),
    }
    return {"me": profile}


def authenticate(cursor: Cursor, environ: dict[str, Any]) -> Viewer:
    """The viewer, in one statement. Confirms a new refresh counter on its first use. Raises Refused."""
    claims = read_access(environ)
    cursor.execute(AUTHENTICATE, claims)
    row = cursor.fetchone()
    if row is None:
        raise Refused
    *user, unconfirmed = row
    if unconfirmed:
        cursor.execute(CONFIRM, claims)
    return Viewer(*user)
