from datetime import datetime
from typing import Annotated

import strawberry
from django.conf import settings

from referral import models
from referral.invites import invitees
from schema import ids
from schema.scalars import PhoneNumber
from schema.types.invitee import LONGEST_LIST, require_count
from schema.types.invitee import invitees as invitees_field


# strawberry.type, because strawberry_django's fields look for querysets, at 15 µs each in the hot `me`.
@strawberry.type(name="User", description="The signed-in user's own profile.")
class User:
    @strawberry.field(description="Unique across all types.")
    def id(self, root: strawberry.Parent[models.User]) -> strawberry.ID:
        return ids.encode("User", root.id)

    phone: PhoneNumber = strawberry.field(description="The number the user signs in with.")
    invite_code: str = strawberry.field(
        description="Digits and letters, six by default, assigned at the first sign-in."
    )

    @strawberry.field(description="A link to the sign-in page with this invite code filled in.")
    def invite_link(self, root: strawberry.Parent[models.User]) -> str:
        return f"{settings.PUBLIC_URL}/i/{root.invite_code}"

    activated_code: str | None = strawberry.field(description="The invite code this user activated, or null.")

    @strawberry.field(
        description="Phone numbers of the users who activated this user's invite code, newest first, at most "
        "100. Deleted accounts are left out."
    )
    def invited_phones(
        self,
        root: strawberry.Parent[models.User],
        first: Annotated[
            int, strawberry.argument(description="How many to return, 1 to 100.")
        ] = LONGEST_LIST,
    ) -> list[PhoneNumber]:
        count = require_count("first", first)
        return [PhoneNumber(phone) for phone in invitees.phones(inviter_id=root.id, count=count)]

    invited_count: int = strawberry.field(description="How many users activated this user's invite code.")
    invitees = invitees_field

    created_at: datetime = strawberry.field(description="When the user first signed in.")
