"""The limit's tokens: those of the service, made and checked by hand. The keys come from the environment."""

import os
from dataclasses import dataclass
from typing import Any

import jwt

ACCESS_KEY = bytes.fromhex(os.environ["LIMIT_ACCESS_KEY"])
CLAIMS = ["sub", "sid", "rc", "jti", "iat", "exp", "iss", "aud"]
SCHEME = "Bearer "


class Unauthenticated(Exception):
    """No valid access token."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid access token says."""

    user_id: str
    session_id: str
    counter: int


def read_access_token(environ: dict[str, Any]) -> Claims:
    """The claims of a request's token. Raises Unauthenticated."""
    scheme, token = environ.get("HTTP_AUTHORIZATION", "")[:7], environ.get("HTTP_AUTHORIZATION", "")[7:]
    try:
        payload = jwt.decode(
            token if scheme == SCHEME else "",
            ACCESS_KEY,
            algorithms=["HS256"],
            issuer="referral",
            audience="graphql",
            options={"require": CLAIMS},
        )
    except jwt.InvalidTokenError:
        raise Unauthenticated from None
    return Claims(payload["sub"], payload["sid"], payload["rc"])
