"""The pair of tokens that a client keeps."""

from datetime import datetime
from typing import Any, Self

import strawberry

from referral import sessions
from referral.models import Session
from referral.sessions import refresh_tokens
from schema.tokens import access_tokens


@strawberry.type
class TokenPair:
    """The fields of every result with tokens; not a GraphQL type itself."""

    access_token: str = strawberry.field(description="For the `Authorization: Bearer` header.")
    access_token_expires_at: datetime = strawberry.field(description="When the access token expires.")
    refresh_token: str = strawberry.field(description="For `refreshSession`, which returns the next one.")
    refresh_token_expires_at: datetime = strawberry.field(
        description="When the session ends unless it is refreshed first."
    )

    @classmethod
    def issue(cls, session: Session, counter: int, now: datetime, **fields: Any) -> Self:
        """A result with new tokens for a session at one refresh counter, and its other `fields`."""
        access_token, access_token_expires_at = access_tokens.issue(session, counter, now)
        return cls(
            access_token=access_token,
            access_token_expires_at=access_token_expires_at,
            refresh_token=refresh_tokens.encode(session.id, counter),
            refresh_token_expires_at=sessions.expires_at(session),
            **fields,
        )
