"""The limit's tokens: the same as the service's, encoded and checked by hand."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt

from bench.by_hand import keys

CLAIMS = ["sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"]
SCHEME = "bearer"
ACCESS, IDLE, ABSOLUTE = timedelta(minutes=10), timedelta(days=30), timedelta(days=365)


class Refused(Exception):
    """The request fails, for any reason."""


@dataclass(frozen=True, slots=True)
class Session:
    """The fields that tokens are made from."""

    id: str
    user_id: str
    counter: int
    created_at: datetime
    last_used_at: datetime


def read_access(environ: dict[str, Any]) -> dict[str, Any]:
    """The claims of the request's access token. Raises Refused."""
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        return jwt.decode(
            token if scheme.lower() == SCHEME else "",
            keys.ACCESS,
            algorithms=["HS256"],
            issuer="referral",
            audience="graphql",
            options={"require": CLAIMS},
        )
    except jwt.InvalidTokenError:
        raise Refused from None


def read_refresh(token: str) -> tuple[str, int]:
    """The session id and counter of a refresh token. Raises Refused."""
    value, _, signature = token.rpartition(":")
    if not hmac.compare_digest(signature, keys.signature(value)):
        raise Refused
    session_id, _, counter = value.partition(":")
    return str(UUID(session_id)), int(counter)


def issue(session: Session, now: datetime) -> dict[str, Any]:
    """Both tokens and their expiry, as fields of the answer."""
    expires_at = min(session.last_used_at + IDLE, session.created_at + ABSOLUTE)
    access_expires_at = min(now + ACCESS, expires_at)
    claims = {
        "sub": session.user_id,
        "sid": session.id,
        "rc": session.counter,
        "jti": uuid4().hex,
        "iat": int(now.timestamp()),
        "exp": int(access_expires_at.timestamp()),
        "iss": "referral",
        "aud": "graphql",
    }
    value = f"{UUID(session.id).hex}:{session.counter}"
    return {
        "accessToken": jwt.encode(claims, keys.ACCESS, "HS256"),
        "accessTokenExpiresAt": access_expires_at.replace(microsecond=0).isoformat(),
        "refreshToken": f"{value}:{keys.signature(value)}",
        "refreshTokenExpiresAt": expires_at.isoformat(),
    }
