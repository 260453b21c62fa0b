from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sessions
from schema.context import Info
from schema.problems import InvalidRefreshToken, RateLimited
from schema.tokens.pair import TokenPair


@strawberry.type(description="New tokens for the session.")
class SessionRefreshed(TokenPair): ...


RefreshSessionResult = Annotated[
    SessionRefreshed | InvalidRefreshToken | RateLimited,
    strawberry.union("RefreshSessionResult", description="The result of `refreshSession`."),
]


@strawberry.mutation(
    description="Exchange a refresh token for a new pair of tokens. Repeating the request soon after returns "
    "the same new refresh token; sending an older token ends the session."
)
def refresh_session(
    info: Info,
    refresh_token: Annotated[str, strawberry.argument(description="The newest refresh token of the client.")],
) -> RefreshSessionResult:
    now = timezone.now()
    session, counter = sessions.refresh(token=refresh_token, client=info.context.client, now=now)
    return SessionRefreshed.issue(session, counter, now)
