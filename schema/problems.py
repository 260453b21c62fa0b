"""The refusals that clients see, as members of result unions: one type for each domain refusal."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

import strawberry
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referral import refusals

strawberry.enum(refusals.ProblemCode, description="The kind of an expected refusal.")


@strawberry.interface(
    description="An expected refusal. Bugs and invalid documents stay in the top-level errors."
)
class Problem:
    text: ClassVar[str | Promise]

    code: refusals.ProblemCode = strawberry.field(description="For programs: stable.")
    message: str = strawberry.field(
        description="For people: in the language of the request's Accept-Language (English or Russian)."
    )

    @classmethod
    def of(cls, refusal: refusals.Refusal) -> Self:
        """The problem that shows a refusal. What the refusal carries fills the fields of the same name."""
        return cls(code=refusal.code, message=str(cls.text), **vars(refusal))


@strawberry.type(description="The text is no phone number, or one that cannot receive an SMS.")
class InvalidPhone(Problem):
    text = _("This is not a mobile phone number. Type it with its country code, such as +7 911 000-00-00.")


@strawberry.type(description="This service sends no codes to the number's country.")
class CountryNotAllowed(Problem):
    text = _("We do not send codes to this country.")


@strawberry.type(description="Asked too often: nothing was sent or looked at.")
class RateLimited(Problem):
    text = _("Too many attempts. Wait a little, then try again.")

    retry_at: datetime = strawberry.field(description="When it will work again.")


@strawberry.type(
    description="The gateway refused or did not answer: ask again, the wait between codes is waived."
)
class DeliveryFailed(Problem):
    text = _("The code could not be sent. Please ask for it again.")


@strawberry.type(description="The code is not the one that was sent.")
class WrongCode(Problem):
    text = _("This is not the code that we sent.")

    guesses_left: int = strawberry.field(
        name="attemptsLeft", description="Guesses that will still be looked at. With 0, ask for a new code."
    )


@strawberry.type(
    description="No live code: never sent, too old, already used, or tried too often. One answer for all "
    "four."
)
class CodeExpired(Problem):
    text = _("This code is not valid any more. Please ask for a new one.")


@strawberry.type(description="The refresh token starts nothing: sign in again.")
class InvalidRefreshToken(Problem):
    text = _("Your session is over. Please sign in again.")


@strawberry.type(description="Nobody has this invite code.")
class InviteNotFound(Problem):
    text = _("There is no such invite code.")


@strawberry.type(description="The invite code is the viewer's own.")
class OwnInvite(Problem):
    text = _("This is your own invite code. Enter the code of whoever invited you.")


@strawberry.type(
    description="The code belongs to somebody whom the viewer invited, directly or through others."
)
class CircularInvite(Problem):
    text = _("You invited the owner of this code, directly or through others.")


@strawberry.type(description="The viewer activated another invite code before, and that is for good.")
class InviteAlreadyActivated(Problem):
    text = _("You have already activated an invite code. It cannot be changed.")

    activated_code: str | None = strawberry.field(
        description="Null where an earlier, erased account with the same number was invited already."
    )


@strawberry.type(description="The phone number typed to confirm a deletion is not the viewer's.")
class PhoneMismatch(Problem):
    text = _("This is not your phone number. Nothing was deleted.")
