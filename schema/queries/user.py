from typing import Annotated

import strawberry

from referral import models
from referral.accounts import visibility
from schema.context import Info
from schema.types.profile import Profile


@strawberry.field(
    graphql_type=Profile | None,
    description="The profile behind a phone number, for the viewer, the person who invited them and the "
    "people they invited. Anybody else, an unknown number and a text that is no number are null alike.",
)
def user(
    info: Info, phone: Annotated[str, strawberry.argument(description="In any usual spelling.")]
) -> models.User | None:
    return visibility.visible_to(info.context.session.user, phone)
