"""The text of a refresh token: a session and one of its counters, signed with HMAC-SHA256. Nothing is stored.

Access tokens, which need the GraphQL packages, are in schema/tokens/.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from referral.crypto import token_keys
from referral.refusals import InvalidRefreshToken

LONGEST = 128


def encode(session_id: UUID, counter: int) -> str:
    """The refresh token of one counter of a session: always the same text."""
    return _signer().sign(f"{session_id.hex}:{counter}")


def decode(token: str) -> tuple[UUID, int]:
    """Session id and counter. Raises InvalidRefreshToken for text that our keys have not signed."""
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
