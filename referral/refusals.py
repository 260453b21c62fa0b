"""Every expected "no" of the domain. An act returns its result or raises one of these.

Refusal
├── InvalidPhone, CountryNotAllowed      the number cannot be used
├── RateLimited                          later, at `retry_at`
├── DeliveryFailed                       the gateway did not take the text
├── WrongCode, CodeExpired               the sign-in code
├── InvalidRefreshToken                  the session
├── InviteNotFound, OwnInvite, CircularInvite, InviteAlreadyActivated
└── PhoneMismatch                        erasing an account
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class ProblemCode(StrEnum):
    """A refusal's name for programs. Stable: clients branch on it."""

    INVALID_PHONE = "INVALID_PHONE"
    COUNTRY_NOT_ALLOWED = "COUNTRY_NOT_ALLOWED"
    RATE_LIMITED = "RATE_LIMITED"
    DELIVERY_FAILED = "DELIVERY_FAILED"
    WRONG_CODE = "WRONG_CODE"
    CODE_EXPIRED = "CODE_EXPIRED"
    INVALID_REFRESH_TOKEN = "INVALID_REFRESH_TOKEN"  # noqa: S105, a name, not a token
    INVITE_NOT_FOUND = "INVITE_NOT_FOUND"
    OWN_INVITE = "OWN_INVITE"
    CIRCULAR_INVITE = "CIRCULAR_INVITE"
    INVITE_ALREADY_ACTIVATED = "INVITE_ALREADY_ACTIVATED"
    PHONE_MISMATCH = "PHONE_MISMATCH"


class Refusal(Exception):
    """An expected "no". Where it was written down, it is raised after the commit, or it would undo that."""

    code: ClassVar[ProblemCode]


class InvalidPhone(Refusal):
    """No phone number, or one that cannot receive an SMS."""

    code = ProblemCode.INVALID_PHONE


class CountryNotAllowed(Refusal):
    """A good number in a country that this service does not text."""

    code = ProblemCode.COUNTRY_NOT_ALLOWED


class RateLimited(Refusal):
    """A budget is used up until `retry_at` (UTC)."""

    code = ProblemCode.RATE_LIMITED

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at)
        self.retry_at = retry_at


class DeliveryFailed(Refusal):
    """The gateway refused the text, or nobody knows whether it took it."""

    code = ProblemCode.DELIVERY_FAILED


class WrongCode(Refusal):
    """Not the code. `guesses_left` more guesses will be looked at before it dies."""

    code = ProblemCode.WRONG_CODE

    def __init__(self, guesses_left: int) -> None:
        super().__init__(guesses_left)
        self.guesses_left = guesses_left


class CodeExpired(Refusal):
    """No live code. One answer for never sent, too old, used, tried too often, and a disabled user."""

    code = ProblemCode.CODE_EXPIRED


class InvalidRefreshToken(Refusal):
    """Not a token of ours, not of a live session, or one that was used before and so may be stolen."""

    code = ProblemCode.INVALID_REFRESH_TOKEN


class InviteNotFound(Refusal):
    """Nobody's invite code."""

    code = ProblemCode.INVITE_NOT_FOUND


class OwnInvite(Refusal):
    """One's own invite code."""

    code = ProblemCode.OWN_INVITE


class CircularInvite(Refusal):
    """The code of somebody whom the viewer invited, directly or through others."""

    code = ProblemCode.CIRCULAR_INVITE


class InviteAlreadyActivated(Refusal):
    """Another code was activated before: `activated_code`, or None where an erased account did so."""

    code = ProblemCode.INVITE_ALREADY_ACTIVATED

    def __init__(self, activated_code: str | None) -> None:
        super().__init__(activated_code)
        self.activated_code = activated_code


class PhoneMismatch(Refusal):
    """The number typed to confirm an erasure is not that of the account."""

    code = ProblemCode.PHONE_MISMATCH
