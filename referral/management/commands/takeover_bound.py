import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from referral.policy import policy
from referral.takeover_bound import best_attack

DAYS = 365


@dataclass(frozen=True)
class Bound:
    """What the active settings allow an attacker, in numbers. None is without a bound."""

    probability_per_day: float
    probability_per_year: float
    probability_per_year_undisturbed: float
    guesses_per_day: dict[int, int]
    expected_takeovers_per_day: float
    sms_per_day: int | None


def bound() -> Bound:
    """The bound under the active settings, by search."""
    attack = best_attack()
    return Bound(
        probability_per_day=attack.probability,
        probability_per_year=1 - (1 - attack.probability) ** DAYS,
        probability_per_year_undisturbed=_undisturbed(),
        guesses_per_day=dict(sorted(attack.guesses.items())),
        expected_takeovers_per_day=policy().service_failures / 10 ** policy().code_length,
        sms_per_day=policy().service_sends,
    )


def _undisturbed() -> float:
    """A year of the best day after the other, while the owner never signs in and so the failures add up."""
    safe, failures, attack = 1.0, 0, best_attack()
    for _ in range(DAYS):
        if failures < policy().locked_from + policy().failures.count:  # later days are all the same
            attack = best_attack(consecutive_failures=failures)
        safe *= 1 - attack.probability
        failures += attack.guesses.total()
    return 1 - safe


class Command(BaseCommand):
    """Says what a stranger's chances are to sign in with somebody's number, under the active settings."""

    help = "The probability of a takeover under the active settings, found by searching for the best attack."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = bound()
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else "\n".join(_lines(found)))


def _lines(found: Bound) -> Iterator[str]:
    guesses = ", ".join(f"{count} at {length} digits" for length, count in found.guesses_per_day.items())
    yield "One number, whose attacker knows it and has any number of addresses:"
    yield f"  best attack within 24 hours   {guesses}"
    yield f"  probability of a takeover     {found.probability_per_day:.4%} a day, at most"
    yield f"    a year of such days         {found.probability_per_year:.2%} while the owner keeps signing in"
    yield f"    and if nobody signs in      {found.probability_per_year_undisturbed:.2%}: the codes grow"
    yield "The whole service:"
    yield f"  wrong guesses a day until every code is longer   {policy().service_failures}"
    yield f"  expected takeovers a day by so many              {found.expected_takeovers_per_day:.3g}"
    yield f"  texts a day, at most                             {found.sms_per_day or 'any: see SMS_PER_DAY'}"
