"""Access tokens: ten-minute JWTs that name a session, its user and a refresh counter (RFC 7519).

Encoded and decoded by django-graphql-jwt, configured by the GRAPHQL_JWT setting.
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

# Clocks of two hosts may differ by this much. It applies to `iat` only: the expiry is exact.
CLOCK_SKEW = 10  # seconds
CLAIMS = ["sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"]


@dataclass(frozen=True)
class Claims:
    """The claims of a valid access token."""

    user_id: UUID
    session_id: UUID
    counter: int


def issue(session: Session, counter: int, now: datetime) -> tuple[str, datetime]:
    """An access token for a session at one refresh counter, and when it expires (UTC)."""
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
    """The claims of a token, or None if it is not signed by our keys, incomplete or expired."""
    try:
        payload = get_payload(token)
        return Claims(UUID(str(payload["sub"])), UUID(str(payload["sid"])), int(payload["rc"]))
    except (JSONWebTokenError, TypeError, ValueError, OverflowError):
        return None


def decode_with_any_key(token: str, context: object = None) -> Mapping[str, Any]:
    """django-graphql-jwt's JWT_DECODE_HANDLER: accepts the current key and fallbacks, requires every claim.

    A process verifies the signature of a token once. After that it checks only the expiry, without leeway.
    """
    payload = _verified(token, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))
    if payload["exp"] <= time.time():
        raise jwt.ExpiredSignatureError
    return payload


@lru_cache(maxsize=1000)
def _verified(token: str, *secrets: str | tuple[str, ...]) -> Mapping[str, Any]:
    """The payload of a token that is valid but for its expiry. The secrets are part of the cache key."""
    for key in token_keys("access token"):
        with suppress(jwt.InvalidSignatureError):
            return jwt.decode(
                token,
                key,
                algorithms=[jwt_settings.JWT_ALGORITHM],
                issuer=jwt_settings.JWT_ISSUER,
                audience=jwt_settings.JWT_AUDIENCE,
                leeway=CLOCK_SKEW,
                options={"require": CLAIMS},
            )
    raise jwt.InvalidSignatureError
