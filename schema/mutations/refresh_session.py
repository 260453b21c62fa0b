from typing import Annotated

import strawberry
from django.utils import timezone

from referral import refusals, sessions
from schema import limits
from schema.client import device
from schema.context import Info
from schema.problems import InvalidRefreshToken, RateLimited
from schema.tokens import TokenPair


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
    request = info.context.request
    try:
        session, counter = sessions.refresh(token=refresh_token, now=now, device=device(request))
    except refusals.InvalidRefreshToken:
        limits.bad_refresh_tokens(limits.address_of(request)).spend()  # good tokens are never kept waiting
        raise
    return SessionRefreshed.issue(session, counter, now)
