from typing import Annotated

import strawberry

from referral import models
from referral.accounts import visibility
from schema.context import Info
from schema.types.profile import Profile


@strawberry.field(
    graphql_type=Profile | None,
    description="The profile for a phone number: the viewer's own, their inviter's, or an invitee's. "
    "Null for other users, unknown numbers and invalid numbers alike.",
)
def user(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The phone number, in any common format.")],
) -> models.User | None:
    return visibility.visible_to(info.context.session.user, phone)
