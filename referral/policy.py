"""The numbers of sign-in: how long, how often, how many digits.

NIST SP 800-63B and OWASP ASVS ask a code for 20 random bits; four digits have 13. The budgets per
number are what makes four digits bearable: 5 guesses at 4 digits and 5 at 6 in 24 hours.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from referral.windows import Limit

DAY = timedelta(hours=24)
LONGEST_CODE = 10  # digits


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Budgets of one phone number, one address and the service, the life of a code and of a session."""

    code_lifetime: timedelta = timedelta(minutes=5)
    attempts: int = 5

    cooldown: Limit = Limit(1, timedelta(seconds=60))
    sends: tuple[Limit, ...] = (Limit(5, timedelta(hours=1)), Limit(10, DAY))
    sends_given_back: Limit = Limit(3, timedelta(hours=1))
    failures: Limit = Limit(10, DAY)

    code_length: int = 4
    guarded_length: int = 6
    guarded_from: int = 5  # failures within the window of `failures`
    locked_length: int = 8
    locked_from: int = 100  # consecutive failures, however far apart
    service_failures: int = 1000  # wrong guesses in a UTC day; past them every code is a guarded one
    service_sends: int | None = None  # texts in a UTC day; None is no end to them

    address_sends: Limit = Limit(300, timedelta(hours=1))
    address_failures: Limit = Limit(300, timedelta(hours=1))
    invite_failures: Limit = Limit(30, timedelta(hours=1))  # of one user

    session_idle: timedelta = timedelta(days=30)
    session_absolute: timedelta = timedelta(days=365)
    refresh_overlap: timedelta = timedelta(seconds=30)


def policy() -> Policy:
    """The active one."""
    active: Policy = settings.SIGN_IN_POLICY
    return active
