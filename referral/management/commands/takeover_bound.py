import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from referral.sign_in.takeover_bound import best_attack

DAYS = 365


@dataclass(frozen=True)
class Bound:
    """The odds of an attacker under the active settings. `sms_per_day=None` means unlimited."""

    probability_per_day: float
    probability_per_year: float
    probability_per_year_undisturbed: float
    guesses_per_day: dict[int, int]
    expected_takeovers_per_day: float
    sms_per_day: int | None


def bound() -> Bound:
    """Search for the bound under the active settings."""
    policy, attack = settings.SIGN_IN_POLICY, best_attack()
    return Bound(
        probability_per_day=attack.probability,
        probability_per_year=1 - (1 - attack.probability) ** DAYS,
        probability_per_year_undisturbed=_undisturbed(),
        guesses_per_day=dict(sorted(attack.guesses.items())),
        expected_takeovers_per_day=policy.service_wrong_guesses / 10**policy.code_length,
        sms_per_day=policy.service_sends,
    )


def _undisturbed() -> float:
    """A year of best attacks in which the owner never signs in, so that consecutive wrong guesses add up."""
    policy = settings.SIGN_IN_POLICY
    safe, wrong, attack = 1.0, 0, best_attack()
    for _ in range(DAYS):
        if wrong < policy.locked_from + policy.wrong_guesses.count:  # from then on all days are the same
            attack = best_attack(consecutive_wrong_guesses=wrong)
        safe *= 1 - attack.probability
        wrong += attack.guesses.total()
    return 1 - safe


class Command(BaseCommand):
    """Prints the probability of signing in with another person's number under the active settings."""

    help = "Print the probability of an account takeover under the active settings, found by search."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = bound()
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else "\n".join(_lines(found)))


def _lines(found: Bound) -> Iterator[str]:
    guesses = ", ".join(f"{count} at {length} digits" for length, count in found.guesses_per_day.items())
    yield "One phone number, attacked from any number of clients:"
    yield f"  best attack within 24 hours   {guesses}"
    yield f"  probability of a takeover     {found.probability_per_day:.4%} a day, at most"
    yield f"  in a year of such days        {found.probability_per_year:.2%} if the owner keeps signing in"
    yield f"    without any sign-in         {found.probability_per_year_undisturbed:.2%}, as codes get longer"
    yield "The whole service:"
    wrong_guesses = settings.SIGN_IN_POLICY.service_wrong_guesses
    yield f"  wrong guesses a day until all codes get longer   {wrong_guesses}"
    yield f"  expected takeovers by that many guesses          {found.expected_takeovers_per_day:.3g}"
    yield f"  maximum number of texts a day                    {found.sms_per_day or 'unlimited'}"
