from datetime import datetime

import strawberry
import strawberry_django

from referral import models
from schema import ids
from schema.context import Info


@strawberry_django.type(models.Session, name="Session", description="One sign-in on one device.")
class Session:
    @strawberry_django.field(description="Unique over all types.")
    def id(self, root: strawberry.Parent[models.Session]) -> strawberry.ID:
        return ids.encode("Session", root.id)

    created_at: datetime = strawberry_django.field(description="When it was signed in.")
    last_used_at: datetime = strawberry_django.field(description="When it was last signed in or refreshed.")
    user_agent: str = strawberry_django.field(
        description="What the client called itself when it signed in; may be empty."
    )
    ip_address: str | None = strawberry_django.field(
        description="The address that it was signed in from, where known."
    )

    @strawberry_django.field(description="Whether this request belongs to it.")
    def current(self, root: strawberry.Parent[models.Session], info: Info) -> bool:
        return root.id == info.context.session.id


@strawberry.type(description="Sessions are over.")
class SignedOut:
    count: int = strawberry.field(description="How many sessions ended.")
