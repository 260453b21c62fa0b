"""The limit's `verifyCode`: the service's statements."""

import hmac
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench.by_hand.keys import code_mac, phone_hash
from bench.by_hand.pool import transaction
from bench.by_hand.sessions import start
from bench.by_hand.tokens import Refused, issue

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

FAILURES = "SELECT failures FROM referral_serviceday WHERE day = %s"
LOCK_CODE = """
SELECT code_mac, code_salt FROM referral_phonesignin
WHERE phone_hash = %s AND code_expires_at > %s AND code_attempts < 5
  AND failures = '[]' AND consecutive_failures < 100
FOR UPDATE
"""
USE_CODE = """
UPDATE referral_phonesignin SET code_mac = NULL, code_salt = NULL, code_length = NULL, code_expires_at = NULL,
       code_attempts = 0, consecutive_failures = 0
WHERE phone_hash = %s
"""
USER = "SELECT id, invite_code, is_active FROM referral_user WHERE phone = %s"
CREATE_USER = """
INSERT INTO referral_user (id, phone, invite_code, password, invited_count, is_superuser, is_active, is_staff,
                           created_at)
VALUES (%s, %s, %s, %s, 0, false, true, false, %s)
"""


def verify_code(cursor: Cursor, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """A sign-in with the right code, for a number without wrong guesses."""
    now, phone = datetime.now(UTC), variables["phone"]
    cursor.execute(FAILURES, [now.date()])
    if (cursor.fetchone() or (0,))[0] >= 1000:
        raise Refused
    with transaction(cursor):
        _use_code(cursor, phone, variables["code"], now)
        user_id, invite_code, is_new = _get_or_create_user(cursor, phone, now)
        session = start(cursor, user_id, phone, environ, now)
    signed_in = {
        "__typename": "SignedIn",
        **issue(session, now),
        "isNewUser": is_new,
        "user": {"phone": phone, "inviteCode": invite_code},
    }
    return {"verifyCode": signed_in}


def _use_code(cursor: Cursor, phone: str, code: str, now: datetime) -> None:
    key = phone_hash(phone)
    cursor.execute(LOCK_CODE, [key, now])
    row = cursor.fetchone()
    if row is None:
        raise Refused
    mac, salt = row
    if not hmac.compare_digest(code_mac(phone, code, salt), mac):
        raise Refused
    cursor.execute(USE_CODE, [key])


def _get_or_create_user(cursor: Cursor, phone: str, now: datetime) -> tuple[str, str, bool]:
    cursor.execute(USER, [phone])
    row = cursor.fetchone()
    if row is None:
        invite_code, user_id = "".join(secrets.choice(ALPHABET) for _ in range(6)), str(uuid4())
        cursor.execute("SAVEPOINT new_user")
        cursor.execute(CREATE_USER, [user_id, phone, invite_code, f"!{secrets.token_hex(20)}", now])
        cursor.execute("RELEASE SAVEPOINT new_user")
        return user_id, invite_code, True
    user_id, invite_code, is_active = row
    if not is_active:
        raise Refused
    return user_id, invite_code, False
