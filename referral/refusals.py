"""Expected failures of the domain. Its operations return a result or raise one of these.

Refusal
├── InvalidPhone, CountryNotAllowed      the number cannot be used
├── RateLimited                          try again at `retry_at`
├── DeliveryFailed                       the gateway did not accept the text
├── WrongCode, CodeExpired               the sign-in code
├── InvalidRefreshToken                  the session
├── InviteNotFound, OwnInvite, CircularInvite, InviteAlreadyActivated
└── PhoneMismatch                        the confirmation of an erasure
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from referral.instants import up_to_the_second


class ProblemCode(StrEnum):
    """The machine-readable name of a refusal. Stable, because clients branch on it."""

    INVALID_PHONE = "INVALID_PHONE"
    COUNTRY_NOT_ALLOWED = "COUNTRY_NOT_ALLOWED"
    RATE_LIMITED = "RATE_LIMITED"
    DELIVERY_FAILED = "DELIVERY_FAILED"
    WRONG_CODE = "WRONG_CODE"
    CODE_EXPIRED = "CODE_EXPIRED"
    INVALID_REFRESH_TOKEN = "INVALID_REFRESH_TOKEN"  # noqa: S105, a name
    INVITE_NOT_FOUND = "INVITE_NOT_FOUND"
    OWN_INVITE = "OWN_INVITE"
    CIRCULAR_INVITE = "CIRCULAR_INVITE"
    INVITE_ALREADY_ACTIVATED = "INVITE_ALREADY_ACTIVATED"
    PHONE_MISMATCH = "PHONE_MISMATCH"


class PhoneReason(StrEnum):
    """Why a text is not a phone number that can receive SMS: only for the words of the message."""

    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    LANDLINE = "LANDLINE"
    LETTERS = "LETTERS"
    EXTENSION = "EXTENSION"
    NO_COUNTRY = "NO_COUNTRY"  # missing or unknown
    OTHER = "OTHER"


class Refusal(Exception):
    """An expected failure. If it was counted in the database, raise it after the commit, not inside."""

    code: ClassVar[ProblemCode]


class InvalidPhone(Refusal):
    """Not a phone number, or one that cannot receive SMS."""

    code = ProblemCode.INVALID_PHONE

    def __init__(self, reason: PhoneReason = PhoneReason.OTHER) -> None:
        super().__init__(reason)
        self.reason = reason


class CountryNotAllowed(Refusal):
    """A valid number in a country that SMS_COUNTRIES does not allow."""

    code = ProblemCode.COUNTRY_NOT_ALLOWED


class RateLimited(Refusal):
    """A budget is used up until `retry_at` (UTC), which is rounded up to the second."""

    code = ProblemCode.RATE_LIMITED

    def __init__(self, retry_at: datetime) -> None:
        self.retry_at = up_to_the_second(retry_at)
        super().__init__(self.retry_at)


class DeliveryFailed(Refusal):
    """The gateway refused the text, or did not say whether it accepted it."""

    code = ProblemCode.DELIVERY_FAILED


class WrongCode(Refusal):
    """The code is wrong. The right one expires after `guesses_left` more wrong guesses."""

    code = ProblemCode.WRONG_CODE

    def __init__(self, guesses_left: int) -> None:
        super().__init__(guesses_left)
        self.guesses_left = guesses_left


class CodeExpired(Refusal):
    """No live code: never sent, too old, used or guessed too often; or the user is disabled."""

    code = ProblemCode.CODE_EXPIRED


class InvalidRefreshToken(Refusal):
    """Not signed by us, not of a live session, or used before and so possibly stolen."""

    code = ProblemCode.INVALID_REFRESH_TOKEN


class InviteNotFound(Refusal):
    """No such invite code, or one of the two users cannot take part."""

    code = ProblemCode.INVITE_NOT_FOUND


class OwnInvite(Refusal):
    """The viewer's own invite code."""

    code = ProblemCode.OWN_INVITE


class CircularInvite(Refusal):
    """The code of a user whom the viewer invited, directly or through others."""

    code = ProblemCode.CIRCULAR_INVITE


class InviteAlreadyActivated(Refusal):
    """Another code was activated before: `activated_code`, or None if an erased account activated it."""

    code = ProblemCode.INVITE_ALREADY_ACTIVATED

    def __init__(self, activated_code: str | None) -> None:
        super().__init__(activated_code)
        self.activated_code = activated_code


class PhoneMismatch(Refusal):
    """The number entered to confirm an erasure is not the account's."""

    code = ProblemCode.PHONE_MISMATCH
