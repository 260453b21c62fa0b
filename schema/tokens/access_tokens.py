"""Access tokens: ten-minute JWTs that name a session, its user and a refresh counter (RFC 7519).

Encoded and checked through django-graphql-jwt, whose settings stand in GRAPHQL_JWT.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import jwt
from django.conf import settings
from graphql_jwt.exceptions import JSONWebTokenError
from graphql_jwt.settings import jwt_settings
from graphql_jwt.utils import get_payload, jwt_encode

from referral import sessions
from referral.crypto import token_keys
from referral.models import Session

CLAIMS = ["sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"]


@dataclass(frozen=True)
class Claims:
    """What a valid access token says."""

    user_id: UUID
    session_id: UUID
    counter: int


def issue(session: Session, counter: int, now: datetime) -> tuple[str, datetime]:
    """An access token for one refresh counter of a session, and when it expires (UTC)."""
    expires_at = min(now + jwt_settings.JWT_EXPIRATION_DELTA, sessions.expires_at(session))
    payload = {
        "sub": str(session.user_id),
        "sid": str(session.id),
        "rc": counter,
        "jti": uuid4().hex,
        "iat": int(now.timestamp()),
        "exp": int(expires_at.timestamp()),
        "iss": jwt_settings.JWT_ISSUER,
        "aud": jwt_settings.JWT_AUDIENCE,
    }
    return jwt_encode(payload), expires_at.replace(microsecond=0)


def read(token: str) -> Claims | None:
    """What a token says, if one of our keys signed it and it is complete and not expired; otherwise None."""
    try:
        payload = get_payload(token)
        return Claims(UUID(str(payload["sub"])), UUID(str(payload["sid"])), int(payload["rc"]))
    except (JSONWebTokenError, TypeError, ValueError, OverflowError):
        return None


def decode_with_any_key(token: str, context: object = None) -> Mapping[str, Any]:
    """django-graphql-jwt's JWT_DECODE_HANDLER: accepts the current key and fallbacks, requires every claim.

    A process verifies a token once. From then on it can only expire, so only that is checked.
    """
    payload = _verified(token, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))
    if payload["exp"] <= time.time():
        raise jwt.ExpiredSignatureError
    return payload


@lru_cache(maxsize=1000)
def _verified(token: str, *secrets: str | tuple[str, ...]) -> Mapping[str, Any]:
    """The payload of a genuine token. A change of the secrets empties what is remembered."""
    for key in token_keys("access token"):
        with suppress(jwt.InvalidSignatureError):
            return jwt.decode(
                token,
                key,
                algorithms=[jwt_settings.JWT_ALGORITHM],
                issuer=jwt_settings.JWT_ISSUER,
                audience=jwt_settings.JWT_AUDIENCE,
                options={"require": CLAIMS},
            )
    raise jwt.InvalidSignatureError
