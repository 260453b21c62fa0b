from typing import Annotated

import strawberry
from django.utils import timezone

from referral import invites, models
from schema.context import Info
from schema.problems import CircularInvite, InviteAlreadyActivated, InviteNotFound, OwnInvite, RateLimited
from schema.types.user import User


@strawberry.type(description="The invite code is activated.")
class InviteActivated:
    user: models.User = strawberry.field(
        graphql_type=User, description="The viewer, with `activatedCode` set."
    )


ActivateInviteResult = Annotated[
    InviteActivated | InviteNotFound | OwnInvite | CircularInvite | InviteAlreadyActivated | RateLimited,
    strawberry.union("ActivateInviteResult", description="The result of `activateInvite`."),
]


@strawberry.mutation(
    description="Activate the invite code of the user who invited the viewer. Only one code can be "
    "activated; repeating the same code is a success."
)
def activate_invite(
    info: Info,
    code: Annotated[
        str,
        strawberry.argument(
            description="The invite code in any common format, or a text or link that contains it."
        ),
    ],
) -> ActivateInviteResult:
    viewer, client = info.context.session.user, info.context.client
    return InviteActivated(user=invites.activate(user=viewer, code=code, client=client, now=timezone.now()))
