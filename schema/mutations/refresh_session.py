from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sessions
from schema.context import Info
from schema.problems import InvalidRefreshToken, RateLimited
from schema.tokens.pair import TokenPair


@strawberry.type(description="The session goes on with new tokens.")
class SessionRefreshed(TokenPair): ...


RefreshSessionResult = Annotated[
    SessionRefreshed | InvalidRefreshToken | RateLimited,
    strawberry.union("RefreshSessionResult", description="What became of a refresh token."),
]


@strawberry.mutation(
    description="Exchange a refresh token for a new pair. Repeating it soon after gives the same new "
    "refresh token; an old one ends the session."
)
def refresh_session(
    info: Info,
    refresh_token: Annotated[str, strawberry.argument(description="The newest one the client has.")],
) -> RefreshSessionResult:
    now = timezone.now()
    session, counter = sessions.refresh(token=refresh_token, client=info.context.client, now=now)
    return SessionRefreshed.issue(session, counter, now)
