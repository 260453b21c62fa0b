"""The probability of signing in with another person's number under the active policy, found by search.

The attacker knows a number and has any number of clients and a whole day. The search tries every order of
requesting codes, guessing and waiting. It runs the functions that judge real codes
(`referral/sign_in/codes.py`), and does not assume that any order is the best.
"""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings

from referral.budgets.policy import DAY
from referral.models import PhoneSignIn
from referral.sign_in import codes

DAWN = datetime(2000, 1, 1, tzinfo=UTC)  # arbitrary: the result does not depend on the day
NUMBER = "+70000000000"
Guesses = Counter[int]


@dataclass(frozen=True)
class Attack:
    """The best attack from some state on: its probability of success, and its guesses by code length."""

    probability: float = 0.0
    guesses: Guesses = field(default_factory=Counter)


def best_attack(*, consecutive_wrong_guesses: int = 0) -> Attack:
    """The best attack on one number within 24 hours, after this many wrong guesses in a row."""
    row = PhoneSignIn(phone_hash="", consecutive_wrong_guesses=consecutive_wrong_guesses)
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
        if not codes.guess_waits(row, now) and codes.guesses_left(row, now):
            yield self._guess(row, now)
        for instant in _moments(row, now):
            later = copy(row)
            if codes.next_send_at(later, instant) is None:
                codes.issue(later, NUMBER, instant)
                yield self.best(later, instant)

    def _guess(self, row: PhoneSignIn, now: datetime) -> Attack:
        length = row.code_length or 0
        right = 1 / (10**length - row.code_wrong_guesses)  # no text is guessed twice
        missed = copy(row)
        codes.count_wrong_guess(missed, now)
        rest = self.best(missed, now)
        return Attack(right + (1 - right) * rest.probability, rest.guesses + Counter([length]))


def _moments(row: PhoneSignIn, now: datetime) -> list[datetime]:
    """When to request the next code: as soon as possible, or when a wrong guess has just left its window."""
    window = settings.SIGN_IN_POLICY.wrong_guesses.window
    soonest = codes.next_send_at(row, now) or now
    forgotten = (guess + window for guess in row.wrong_guesses)
    return [moment for moment in sorted({soonest, *forgotten}) if soonest <= moment < DAWN + DAY]


def _state(row: PhoneSignIn, now: datetime) -> tuple[object, ...]:
    """Everything the rest of the day depends on. Wrong guesses that count until its end are only counted."""
    window = settings.SIGN_IN_POLICY.wrong_guesses.window
    lasting = sum(guess + window >= DAWN + DAY for guess in row.wrong_guesses)
    return (
        now,
        tuple(row.sends),
        tuple(row.wrong_guesses[: len(row.wrong_guesses) - lasting]),
        lasting,
        row.consecutive_wrong_guesses,
        row.code_length,
        row.code_wrong_guesses,
    )
