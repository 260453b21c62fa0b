"""The numbers of sign-in: lifetimes, budgets, lengths of codes. settings.SIGN_IN_POLICY is the active one.

NIST SP 800-63B and OWASP ASVS ask for 20 random bits in a code; four digits have 13. The budgets per
number make up for it: 5 guesses at 4 digits and 5 at 6 in 24 hours.
"""

from dataclasses import dataclass
from datetime import timedelta

from referral.budgets.windows import Limit

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
LONGEST_CODE = 10  # digits


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Budgets of a phone number, a client, a user and the service; lifetimes of codes and sessions."""

    code_lifetime: timedelta = timedelta(minutes=5)
    guesses_per_code: int = 5

    # Of one phone number.
    cooldown: Limit = Limit(1, timedelta(seconds=60))
    sends: tuple[Limit, ...] = (Limit(5, HOUR), Limit(10, DAY))
    sends_given_back: Limit = Limit(3, HOUR)
    wrong_guesses: Limit = Limit(10, DAY)

    # Digits of a code, and how many wrong guesses make it longer.
    code_length: int = 4
    guarded_length: int = 6
    guarded_from: int = 5  # within the window of `wrong_guesses`
    locked_length: int = 8
    locked_from: int = 100  # in a row, however far apart

    # Of the whole service, in a UTC day.
    service_wrong_guesses: int = 1000  # beyond them every code is a guarded one
    service_sends: int | None = None  # None is unlimited

    # Of one client (an IPv4 address or an IPv6 /64), and of one user.
    client_code_requests: Limit = Limit(300, HOUR)
    client_wrong_guesses: Limit = Limit(300, HOUR)
    user_wrong_invite_codes: Limit = Limit(30, HOUR)

    # Passwords at the admin's sign-in form.
    client_passwords: Limit = Limit(30, HOUR)
    number_passwords: Limit = Limit(10, HOUR)

    session_idle: timedelta = timedelta(days=30)
    session_absolute: timedelta = timedelta(days=365)
    refresh_overlap: timedelta = timedelta(seconds=30)
