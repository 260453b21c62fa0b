from typing import Annotated

import strawberry
from django.utils import timezone

from referral import invites, models
from schema.context import Info
from schema.problems import CircularInvite, InviteAlreadyActivated, InviteNotFound, OwnInvite, RateLimited
from schema.types.user import User


@strawberry.type(description="The invite is recorded.")
class InviteActivated:
    user: models.User = strawberry.field(
        graphql_type=User, description="The viewer, with the code that is now activated."
    )


ActivateInviteResult = Annotated[
    InviteActivated | InviteNotFound | OwnInvite | CircularInvite | InviteAlreadyActivated | RateLimited,
    strawberry.union("ActivateInviteResult", description="What became of an invite code."),
]


@strawberry.mutation(
    description="Record that somebody else's invite code brought the viewer here. Once in a lifetime; "
    "repeating the same code is a success."
)
def activate_invite(
    info: Info,
    code: Annotated[str, strawberry.argument(description="In any case, with or without spaces and hyphens.")],
) -> ActivateInviteResult:
    viewer, client = info.context.session.user, info.context.client
    return InviteActivated(user=invites.activate(user=viewer, code=code, client=client, now=timezone.now()))
