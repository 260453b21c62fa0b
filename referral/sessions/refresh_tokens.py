"""Refresh tokens: a session id and one of its counters, signed with HMAC-SHA256. Nothing is stored.

Access tokens need the GraphQL packages, so they are in schema/tokens/.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from referral.crypto import token_keys
from referral.refusals import InvalidRefreshToken

LONGEST = 128


def encode(session_id: UUID, counter: int) -> str:
    """The refresh token for one counter of a session. Always the same text."""
    return _signer().sign(f"{session_id.hex}:{counter}")


def decode(token: str) -> tuple[UUID, int]:
    """The session id and counter. Raises InvalidRefreshToken for text not signed with our keys."""
    if len(token) > LONGEST or not token.isascii():
        raise InvalidRefreshToken
    try:
        session_id, counter = _signer().unsign(token).split(":")
    except BadSignature:
        raise InvalidRefreshToken from None
    return UUID(session_id), int(counter)


def _signer() -> Signer:
    key, *fallbacks = token_keys("refresh token")
    return Signer(key=key, fallback_keys=[*fallbacks], algorithm="sha256")
