from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sessions
from schema.context import Info
from schema.types.session import SignedOut


@strawberry.mutation(
    description="End the current session, or all sessions of the viewer. Takes effect at once, for access "
    "tokens too."
)
def sign_out(
    info: Info,
    everywhere: Annotated[
        bool, strawberry.argument(description="End all sessions, on every device.")
    ] = False,
) -> SignedOut:
    session, client, now = info.context.session, info.context.client, timezone.now()
    info.context.forget_session()
    if everywhere:
        return SignedOut(count=sessions.end_all(user_id=session.user_id, client=client, now=now))
    ended = sessions.end(session_id=session.id, user_id=session.user_id, client=client, now=now)
    return SignedOut(count=ended)
