from datetime import datetime

import strawberry
import strawberry_django

from referral import models
from schema import ids
from schema.context import Info


@strawberry_django.type(models.Session, name="Session", description="One sign-in on one device.")
class Session:
    @strawberry_django.field(description="Unique across all types.")
    def id(self, root: strawberry.Parent[models.Session]) -> strawberry.ID:
        return ids.encode("Session", root.id)

    created_at: datetime = strawberry_django.field(description="When the session began.")
    last_used_at: datetime = strawberry_django.field(
        description="When the session began or was last refreshed."
    )
    user_agent: str = strawberry_django.field(description="The client's User-Agent at sign-in; may be empty.")
    ip_address: str | None = strawberry_django.field(
        description="The client's IP address at sign-in, if known."
    )

    @strawberry_django.field(description="Whether this request belongs to the session.")
    def current(self, root: strawberry.Parent[models.Session], info: Info) -> bool:
        return root.id == info.context.session.id


@strawberry.type(description="The sessions have ended.")
class SignedOut:
    count: int = strawberry.field(description="How many sessions ended.")
