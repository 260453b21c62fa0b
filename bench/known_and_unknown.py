"""Measures whether response times reveal if a phone number has an account.

Requests codes and sends wrong ones for pairs of numbers, one with an account and one without, through the
whole application on a temporary database. Prints medians, and how often the known number was the slower of
a pair: chance gives 50 %, and the margin is four standard errors.
"""

import random
import statistics
from itertools import count

from django.db import connection, transaction
from django.utils import timezone

from bench.application import empty_database, timed
from referral import crypto
from referral.models import PhoneSignIn, ServiceDay
from referral.people.users import get_or_create_user

PAIRS = 3000
WARM_UP = 200
REQUEST_CODE = "mutation ($phone: String!) { requestCode(phone: $phone) { __typename } }"
VERIFY_CODE = 'mutation ($phone: String!) { verifyCode(phone: $phone, code: "0000") { __typename } }'

numbers = count(1)


def main() -> None:
    """Measure on a temporary database, and print the results."""
    with empty_database():
        print(f"{connection.vendor}, {PAIRS} pairs in random order")
        for pair in range(WARM_UP + PAIRS):
            measure(keep=pair >= WARM_UP)
        for what, times in measured.items():
            report(what, *times)


measured: dict[str, tuple[list[float], list[float]]] = {
    "verifyCode, never asked": ([], []),
    "requestCode": ([], []),
    "verifyCode, wrong code": ([], []),
    "verifyCode, no live code": ([], []),
}


def measure(*, keep: bool) -> None:
    """Time all four operations for a known and an unknown number, in random order.

    At first the unknown number has no row, as it never asked for a code. The known one has.
    """
    pair = [(a_known_number(), 0), (new_number(), 1)]
    random.shuffle(pair)
    for what, query in zip(measured, (VERIFY_CODE, REQUEST_CODE, VERIFY_CODE, VERIFY_CODE), strict=True):
        for phone, which in pair:
            took, _ = timed(query, phone=phone)
            if keep:
                measured[what][which].append(took)
        if what == "verifyCode, wrong code":
            PhoneSignIn.objects.filter(code_length=4).update(code_expires_at=timezone.now())
    PhoneSignIn.objects.of_numbers().delete()
    ServiceDay.objects.all().delete()  # or codes would get longer


def report(what: str, known: list[float], unknown: list[float]) -> None:
    """Print one line of the result."""
    slower = sum(one > other for one, other in zip(known, unknown, strict=True)) / len(known)
    margin = 4 * 0.5 / len(known) ** 0.5
    medians = (f"{statistics.median(times) * 1e6:5.0f} µs" for times in (known, unknown))
    print(f"{what:24} known {next(medians)}, unknown {next(medians)}, ", end="")
    print(f"known slower {slower:.1%} of the time (50 ± {margin:.1%})")


def a_known_number() -> str:
    """A phone number with an account."""
    number, now = new_number(), timezone.now()
    get_or_create_user(number, now)
    with transaction.atomic():
        PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
    return number


def new_number() -> str:
    """An unused phone number, in E.164."""
    return f"+7911{next(numbers):07}"


if __name__ == "__main__":
    main()
