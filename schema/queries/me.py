import strawberry

from referral import models
from schema.context import Info
from schema.types.user import User


@strawberry.field(
    graphql_type=User | None,
    description="The signed-in user. Without a valid access token it is null, with an error whose "
    "extensions.code is UNAUTHENTICATED.",
)
def me(info: Info) -> models.User:
    return info.context.session.user
