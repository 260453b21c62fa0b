from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sessions
from schema import ids
from schema.context import Info
from schema.types.session import SignedOut


@strawberry.mutation(description="End one of the viewer's sessions.")
def end_session(
    info: Info,
    id: Annotated[  # noqa: A002
        strawberry.ID, strawberry.argument(description="The session's id, from `sessions`.")
    ],
) -> SignedOut:
    user_id, session_id = info.context.session.user_id, ids.decode("Session", id)
    if session_id is None:
        return SignedOut(count=0)
    info.context.forget_session()
    client, now = info.context.client, timezone.now()
    return SignedOut(count=sessions.end(session_id=session_id, user_id=user_id, client=client, now=now))
