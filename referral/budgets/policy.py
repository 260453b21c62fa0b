"""Limits of sign-in: lifetimes, budgets and code lengths. settings.SIGN_IN_POLICY is the active policy.

NIST SP 800-63B and OWASP ASVS ask for 20 random bits in a code; four digits have 13. The budgets per
number make up for it: 5 guesses at 4 digits and 5 at 6 in 24 hours.
"""

from dataclasses import dataclass
from datetime import timedelta

from referral.budgets.windows import Limit

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Budgets per phone number, client, user and service; lifetimes of codes and sessions."""

    code_lifetime: timedelta = timedelta(minutes=5)
    guesses_per_code: int = 5

    # Per phone number.
    cooldown: Limit = Limit(1, timedelta(seconds=60))
    sends: tuple[Limit, ...] = (Limit(5, HOUR), Limit(10, DAY))
    sends_given_back: Limit = Limit(3, HOUR)
    wrong_guesses: Limit = Limit(10, DAY)

    # Code lengths in digits, and the number of wrong guesses that leads to longer codes.
    code_length: int = 4
    guarded_length: int = 6
    guarded_from: int = 5  # within the window of `wrong_guesses`
    locked_length: int = 8
    locked_from: int = 100  # in a row, over any period

    # For the whole service, per UTC day.
    service_wrong_guesses: int = 1000  # from then on, every code has at least `guarded_length`
    service_sends: int | None = None  # None means unlimited

    # Per client (an IPv4 address or an IPv6 /64), per network (an IPv4 /24 or an IPv6 /48), and per user.
    client_code_requests: Limit = Limit(300, HOUR)
    client_wrong_guesses: Limit = Limit(300, HOUR)
    network_code_requests: Limit = Limit(2000, HOUR)
    network_wrong_guesses: Limit = Limit(2000, HOUR)
    user_wrong_invite_codes: Limit = Limit(30, HOUR)
    user_hidden_profiles: Limit = Limit(30, HOUR)

    # Passwords entered in the admin's sign-in form.
    client_passwords: Limit = Limit(30, HOUR)
    number_passwords: Limit = Limit(10, HOUR)
    service_passwords: Limit = Limit(300, HOUR)  # 100 seconds of hashing

    session_idle: timedelta = timedelta(days=30)
    session_absolute: timedelta = timedelta(days=365)
    refresh_overlap: timedelta = timedelta(seconds=30)

    @property
    def hourly(self) -> tuple[Limit, ...]:
        """The budgets of clients and networks that can be configured."""
        clients = (self.client_code_requests, self.client_wrong_guesses)
        return (*clients, self.network_code_requests, self.network_wrong_guesses)

    @property
    def service_sends_an_hour(self) -> int | None:
        """Texts in an hour of the clock, so that an attack cannot use up the day before staff see it."""
        return None if self.service_sends is None else max(50, self.service_sends // 4)
