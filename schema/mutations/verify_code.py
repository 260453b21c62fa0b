from typing import Annotated

import strawberry
from django.utils import timezone

from referral import models, sign_in
from referral.refusals import Refusal
from schema.context import Info
from schema.mutations.activate_invite import ActivateInviteResult, InviteActivated
from schema.problems import CodeExpired, InvalidPhone, RateLimited, WrongCode
from schema.tokens.pair import TokenPair
from schema.types.user import User


@strawberry.type(description="A new session.")
class SignedIn(TokenPair):
    user: models.User = strawberry.field(graphql_type=User, description="The signed-in user.")
    is_new_user: bool = strawberry.field(description="Whether this sign-in created the user.")
    invite_outcome: strawberry.Private[models.User | Refusal | None]

    @strawberry.field(description="The result for the `inviteCode` argument; null if none was given.")
    def invite(self) -> ActivateInviteResult | None:
        # The domain returns the refusal as a value. It has to be raised to become a member of the union.
        if isinstance(self.invite_outcome, Refusal):
            raise self.invite_outcome
        return InviteActivated(user=self.invite_outcome) if self.invite_outcome else None


VerifyCodeResult = Annotated[
    SignedIn | InvalidPhone | WrongCode | CodeExpired | RateLimited,
    strawberry.union("VerifyCodeResult", description="The result of `verifyCode`."),
]


@strawberry.mutation(
    description="Step two: exchange the code for a session. The first sign-in creates the user and their "
    "invite code. `inviteCode` is activated if the user has not activated one yet; a bad one never prevents "
    "the sign-in."
)
def verify_code(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The number the code was sent to.")],
    code: Annotated[str, strawberry.argument(description="The code. Spaces and hyphens are ignored.")],
    invite_code: Annotated[
        str | None,
        strawberry.argument(
            description="The invite code of the user's inviter, if any, or a text or link that contains it."
        ),
    ] = strawberry.UNSET,
) -> VerifyCodeResult:
    now = timezone.now()
    signed_in = sign_in.verify_code(
        phone=phone,
        code=code,
        invite_code=invite_code or None,  # forms send an empty string for none
        client=info.context.client,
        now=now,
    )
    session = signed_in.session
    return SignedIn.issue(
        session,
        session.refresh_counter,
        now,
        user=session.user,
        is_new_user=signed_in.is_new_user,
        invite_outcome=signed_in.invite,
    )
