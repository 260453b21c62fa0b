from datetime import datetime

import strawberry
import strawberry_django

from referral import models
from schema import ids
from schema.scalars import PhoneNumber


@strawberry_django.type(
    models.User, name="Profile", description="What a user's inviter and invitees may see of them."
)
class Profile:
    @strawberry_django.field(description="Unique across all types.")
    def id(self, root: strawberry.Parent[models.User]) -> strawberry.ID:
        return ids.encode("Profile", root.id)

    phone: PhoneNumber = strawberry_django.field(description="The number the user signs in with.")
    invite_code: str = strawberry_django.field(description="The user's own invite code.")
    invited_count: int = strawberry_django.field(
        description="How many users activated this user's invite code."
    )
    created_at: datetime = strawberry_django.field(description="When the user first signed in.")
