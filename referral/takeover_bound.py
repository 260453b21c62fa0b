"""What the active policy costs whoever wants to sign in with somebody else's number, by search.

The attacker knows a number, has any number of addresses and time, and guesses. Every order of
asking for codes, guessing and waiting within a day is tried on the functions that judge real codes
(`referral/sign_in_codes.py`), so the answer assumes no order to be the best.
"""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime

from referral import sign_in_codes
from referral.models import PhoneSignIn
from referral.policy import DAY, policy

DAWN = datetime(2000, 1, 1, tzinfo=UTC)  # any instant: nothing depends on which day it is
NUMBER = "+70000000000"
Guesses = Counter[int]


@dataclass(frozen=True)
class Attack:
    """The best order from some state on: the probability of success, and its guesses by code length."""

    probability: float = 0.0
    guesses: Guesses = field(default_factory=Counter)


def best_attack(*, consecutive_failures: int = 0) -> Attack:
    """The best attack on one number within 24 hours, on which so many guesses in a row failed before."""
    row = PhoneSignIn(phone_hash="", consecutive_failures=consecutive_failures)
    return _Search().best(row, DAWN)


class _Search:
    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Attack] = {}

    def best(self, row: PhoneSignIn, now: datetime) -> Attack:
        state = _state(row, now)
        if state not in self.known:
            self.known[state] = max(
                self._options(row, now), key=lambda attack: attack.probability, default=Attack()
            )
        return self.known[state]

    def _options(self, row: PhoneSignIn, now: datetime) -> Iterator[Attack]:
        if sign_in_codes.next_guess_at(row, now) is None and sign_in_codes.attempts_left(row, now):
            yield self._guess(row, now)
        for instant in _moments(row, now):
            later = copy(row)
            if sign_in_codes.next_send_at(later, instant) is None:
                sign_in_codes.issue(later, NUMBER, instant)
                yield self.best(later, instant)

    def _guess(self, row: PhoneSignIn, now: datetime) -> Attack:
        length = row.code_length or 0
        right = 1 / (10**length - row.code_attempts)  # wrong texts are not tried twice on one code
        missed = copy(row)
        sign_in_codes.count_failure(missed, now)
        rest = self.best(missed, now)
        return Attack(right + (1 - right) * rest.probability, rest.guesses + Counter([length]))


def _moments(row: PhoneSignIn, now: datetime) -> list[datetime]:
    """When to ask for the next code: as soon as it can be had, or when a failure has just been forgotten."""
    soonest = sign_in_codes.next_send_at(row, now) or now
    forgotten = (failure + policy().failures.window for failure in row.failures)
    return [moment for moment in sorted({soonest, *forgotten}) if soonest <= moment < DAWN + DAY]


def _state(row: PhoneSignIn, now: datetime) -> tuple[object, ...]:
    """All that the rest of the day depends on. A failure that is remembered until its end is a mere count."""
    lasting = sum(failure + policy().failures.window >= DAWN + DAY for failure in row.failures)
    return (
        now,
        tuple(row.sends),
        tuple(row.failures[: len(row.failures) - lasting]),
        lasting,
        row.consecutive_failures,
        row.code_length,
        row.code_attempts,
    )
