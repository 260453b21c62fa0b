"""The limit's `activateInvite`: the service's statements, in one transaction."""

from datetime import UTC, datetime
from typing import Any

from psycopg2.extensions import cursor as Cursor  # noqa: N812, a class

from bench.by_hand.keys import phone_hash
from bench.by_hand.pool import transaction
from bench.by_hand.profile import Viewer, authenticate
from bench.by_hand.tokens import Refused

OWNER = "SELECT id FROM referral_user WHERE invite_code = %s"
LOCK = """
SELECT id, is_active, invite_code FROM referral_user WHERE id IN (%s, %s) ORDER BY id FOR NO KEY UPDATE
"""
ACTIVATED = "SELECT code FROM referral_referral WHERE invitee_id = %s"
WAS_INVITEE = "SELECT 1 FROM referral_phonesignin WHERE phone_hash = %s AND was_invitee"
HAS_INVITEES = "SELECT 1 FROM referral_referral WHERE inviter_id = %s LIMIT 1"
INSERT = "INSERT INTO referral_referral (invitee_id, inviter_id, code, created_at) VALUES (%s, %s, %s, %s)"
COUNT = "UPDATE referral_user SET invited_count = invited_count + 1 WHERE id = %s"


def activate_invite(cursor: Cursor, environ: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """The viewer's first activation of another user's code: nine statements and a commit."""
    viewer = authenticate(cursor, environ)
    with transaction(cursor):
        code = _activate(cursor, viewer, variables["code"].upper())
    return {"activateInvite": {"__typename": "InviteActivated", "user": {"activatedCode": code}}}


def _activate(cursor: Cursor, viewer: Viewer, text: str) -> str:
    (inviter_id,) = _row(cursor, OWNER, text) or _refuse()
    cursor.execute(LOCK, [viewer.id, inviter_id])
    users = {id_: (is_active, code) for id_, is_active, code in cursor}
    if len(users) != 2 or not all(is_active for is_active, _ in users.values()):
        _refuse()
    # A viewer with invitees could close a loop, which takes further checks. They are refused here.
    if (
        _row(cursor, ACTIVATED, viewer.id)
        or _row(cursor, WAS_INVITEE, phone_hash(viewer.phone))
        or _row(cursor, HAS_INVITEES, viewer.id)
    ):
        _refuse()
    code: str = users[inviter_id][1]
    cursor.execute(INSERT, [viewer.id, inviter_id, code, datetime.now(UTC)])
    cursor.execute(COUNT, [inviter_id])
    return code


def _row(cursor: Cursor, statement: str, value: str) -> tuple[Any, ...] | None:
    cursor.execute(statement, [value])
    return cursor.fetchone()


def _refuse() -> Any:
    raise Refused
