"""Whether the time of an answer tells if a phone number has an account.

Asks for codes and guesses wrong, for numbers with an account and without one in turn, through the whole
of the application on a database of its own. Prints medians, and how often an answer for a known number
was the slower one of a pair: 50 % is what tossing a coin gives, and the margin is four standard errors.
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
    """Measure, on a test database that is removed afterwards."""
    with empty_database():
        print(f"{connection.vendor}, {PAIRS} pairs in random order")
        for pair in range(WARM_UP + PAIRS):
            measure(keep=pair >= WARM_UP)
        for what, times in measured.items():
            report(what, *times)


measured: dict[str, tuple[list[float], list[float]]] = {
    "requestCode": ([], []),
    "verifyCode, wrong code": ([], []),
    "verifyCode, no live code": ([], []),
}


def measure(*, keep: bool) -> None:
    """Time each of the three for a number with an account and for one that was never heard of."""
    pair = [(a_known_number(), 0), (new_number(), 1)]
    random.shuffle(pair)
    for what, query in zip(measured, (REQUEST_CODE, VERIFY_CODE, VERIFY_CODE), strict=True):
        for phone, which in pair:
            took, _ = timed(query, phone=phone)
            if keep:
                measured[what][which].append(took)
        if query == VERIFY_CODE:
            PhoneSignIn.objects.filter(code_length=4).update(code_expires_at=timezone.now())
    PhoneSignIn.objects.all().delete()
    ServiceDay.objects.all().delete()  # or codes would grow


def report(what: str, known: list[float], unknown: list[float]) -> None:
    """One line of the result."""
    slower = sum(one > other for one, other in zip(known, unknown, strict=True)) / len(known)
    margin = 4 * 0.5 / len(known) ** 0.5
    medians = (f"{statistics.median(times) * 1e6:5.0f} µs" for times in (known, unknown))
    print(f"{what:24} known {next(medians)}, unknown {next(medians)}, ", end="")
    print(f"known slower {slower:.1%} of the time (50 ± {margin:.1%})")


def a_known_number() -> str:
    """A number that signed in before."""
    number, now = new_number(), timezone.now()
    get_or_create_user(number, now)
    with transaction.atomic():
        PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
    return number


def new_number() -> str:
    """An E.164 number that was not used before."""
    return f"+7911{next(numbers):07}"


if __name__ == "__main__":
    main()
