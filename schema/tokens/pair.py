"""The pair of tokens that a client holds."""

from datetime import datetime
from typing import Any, Self

import strawberry

from referral import sessions
from referral.models import Session
from referral.sessions import refresh_tokens
from schema.tokens import access_tokens


@strawberry.type
class TokenPair:
    """The fields that every result with tokens has; not a GraphQL type itself."""

    access_token: str = strawberry.field(description="For the header `Authorization: Bearer`.")
    access_token_expires_at: datetime = strawberry.field(description="When it expires: refresh before.")
    refresh_token: str = strawberry.field(description="For refreshSession, which returns the next one.")
    refresh_token_expires_at: datetime = strawberry.field(
        description="When the session ends unless it is refreshed before."
    )

    @classmethod
    def issue(cls, session: Session, counter: int, now: datetime, **fields: Any) -> Self:
        """A result with the tokens of one refresh counter of a session, and its other `fields`."""
        access_token, access_token_expires_at = access_tokens.issue(session, counter, now)
        return cls(
            access_token=access_token,
            access_token_expires_at=access_token_expires_at,
            refresh_token=refresh_tokens.encode(session.id, counter),
            refresh_token_expires_at=sessions.expires_at(session),
            **fields,
        )
