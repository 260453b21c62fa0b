from typing import Annotated

import strawberry

from referral import models
from referral.accounts import visibility
from referral.refusals import RateLimited
from schema.context import Info
from schema.errors import TooManyRequests
from schema.types.profile import Profile


@strawberry.field(
    graphql_type=Profile | None,
    description="The profile for a phone number: the viewer's own, their inviter's, or an invitee's. "
    "Null for other users, unknown numbers and invalid numbers alike. A viewer who tries many numbers gets "
    "an error whose extensions.code is RATE_LIMITED, with retryAt.",
)
def user(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The phone number, in any common format.")],
) -> models.User | None:
    try:
        return visibility.visible_to(info.context.session.user, phone, info.context.client)
    except RateLimited as refused:
        raise TooManyRequests(refused) from None
