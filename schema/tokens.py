"""The pair of tokens that a client holds."""

from datetime import datetime
from typing import Any, Self

import strawberry

from referral import refresh_tokens, sessions
from referral.models import Session
from schema import access_tokens


@strawberry.type
class TokenPair:
    """The fields of every result that hands out tokens; no GraphQL type of its own."""

    access_token: str = strawberry.field(description="For the header `Authorization: Bearer`.")
    access_token_expires_at: datetime = strawberry.field(description="When to refresh at the latest.")
    refresh_token: str = strawberry.field(description="For refreshSession, which answers with the next one.")
    refresh_token_expires_at: datetime = strawberry.field(
        description="When the session is over unless refreshed before."
    )

    @classmethod
    def issue(cls, session: Session, counter: int, now: datetime, **fields: Any) -> Self:
        """A result with the tokens of one refresh counter of a session; `fields` are what else it shows."""
        access_token, access_token_expires_at = access_tokens.issue(session, counter, now)
        return cls(
            access_token=access_token,
            access_token_expires_at=access_token_expires_at,
            refresh_token=refresh_tokens.encode(session.id, counter),
            refresh_token_expires_at=sessions.expires_at(session),
            **fields,
        )
