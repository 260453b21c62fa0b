"""The refusals as members of the result unions: one type for each refusal of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

import strawberry
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referral import refusals
from referral.refusals import PhoneReason
from referral.text import phone_numbers

strawberry.enum(refusals.ProblemCode, description="The reason for a refusal.")


@strawberry.interface(
    description="An expected refusal. Bugs and invalid documents appear in the top-level errors."
)
class Problem:
    text: ClassVar[str | Promise]

    code: refusals.ProblemCode = strawberry.field(description="A stable code for programs.")
    message: str = strawberry.field(
        description="A message for people, in English or Russian according to Accept-Language."
    )

    @classmethod
    def of(cls, refusal: refusals.Refusal) -> Self:
        """The problem for a refusal. The attributes of the refusal fill the fields of the same name."""
        return cls(code=refusal.code, message=str(cls.text), **vars(refusal))


@strawberry.type(description="Not a phone number, or one that cannot receive SMS.")
class InvalidPhone(Problem):
    text = _("This is not a mobile phone number. Enter it with its country code, such as {example}.")
    texts: ClassVar[dict[PhoneReason, str | Promise]] = {
        PhoneReason.TOO_SHORT: _("This phone number is too short. Check that no digit is missing."),
        PhoneReason.TOO_LONG: _("This phone number is too long. Enter one number and no other text."),
        PhoneReason.LANDLINE: _("This is a landline number. Enter a mobile phone number."),
        PhoneReason.LETTERS: _("This is not a mobile phone number. Enter digits only, such as {example}."),
        PhoneReason.EXTENSION: _("Extensions cannot receive SMS. Enter a mobile phone number."),
        PhoneReason.NO_COUNTRY: _(
            "The country code is missing or unknown. Enter the number with +, such as {example}."
        ),
    }

    @classmethod
    def of(cls, refusal: refusals.Refusal) -> Self:
        reason = refusal.reason if isinstance(refusal, refusals.InvalidPhone) else PhoneReason.OTHER
        text = str(cls.texts.get(reason, cls.text))
        return cls(code=refusal.code, message=text.format(example=phone_numbers.example()))


@strawberry.type(description="The service does not send codes to the number's country.")
class CountryNotAllowed(Problem):
    text = _("We do not send codes to this country.")


@strawberry.type(description="Too many requests: nothing was sent or checked.")
class RateLimited(Problem):
    text = _("Too many attempts. Please try again later.")

    retry_at: datetime = strawberry.field(description="When to try again.")


@strawberry.type(
    description="The gateway refused the message or did not answer. Another code can be requested at once."
)
class DeliveryFailed(Problem):
    text = _("The code could not be sent. Please request it again.")


@strawberry.type(description="The code is not the one that was sent.")
class WrongCode(Problem):
    text = _("This is not the code we sent.")

    guesses_left: int = strawberry.field(
        name="attemptsLeft", description="Guesses left. At 0, request a new code."
    )


@strawberry.type(
    description="There is no live code: never sent, expired, already used, or guessed wrong too often. All "
    "four get this answer."
)
class CodeExpired(Problem):
    text = _("This code is no longer valid. Please request a new one.")


@strawberry.type(description="The refresh token is not valid, or its session has ended: sign in again.")
class InvalidRefreshToken(Problem):
    text = _("Your session has ended. Please sign in again.")


@strawberry.type(description="No user has this invite code.")
class InviteNotFound(Problem):
    text = _("There is no such invite code.")


@strawberry.type(description="The invite code is the viewer's own.")
class OwnInvite(Problem):
    text = _("This is your own invite code. Enter the code of the person who invited you.")


@strawberry.type(description="The code belongs to a user the viewer invited, directly or through others.")
class CircularInvite(Problem):
    text = _("You invited the owner of this code, directly or through others.")


@strawberry.type(description="The viewer has already activated an invite code, which cannot be changed.")
class InviteAlreadyActivated(Problem):
    text = _("You have already activated an invite code. It cannot be changed.")

    activated_code: str | None = strawberry.field(
        description="The code activated earlier; null if an erased account with the same number did so."
    )


@strawberry.type(description="The number given to confirm the deletion is not the viewer's.")
class PhoneMismatch(Problem):
    text = _("This is not your phone number. Nothing was deleted.")
