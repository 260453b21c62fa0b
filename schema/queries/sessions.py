import strawberry
from django.utils import timezone

from referral import models
from referral import sessions as domain
from schema.context import Info
from schema.types.session import Session


@strawberry.field(
    graphql_type=list[Session] | None, description="The viewer's active sessions, newest first, at most 100."
)
def sessions(info: Info) -> list[models.Session]:
    return list(domain.live(info.context.session.user_id, timezone.now())[: domain.MOST_LIVE])
