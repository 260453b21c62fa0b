"""Test numbers, for app stores' reviewers and end-to-end tests: a code that stays the same, and no SMS.

They share no budget with anybody and are never counted as invitees. Only guesses are limited, as for
every number, and as the code stays the same for months it is as long as one of a number under attack.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from referral import crypto, metrics, phone_numbers, sign_in_codes
from referral.models import PhoneSignIn
from referral.policy import LONGEST_CODE, policy
from referral.refusals import InvalidPhone, RateLimited
from referral.users import is_staff


@dataclass(frozen=True)
class FixedCode:
    """Good until a UTC day begins."""

    code: str
    until: date


def find(number: str | None, now: datetime) -> str | None:
    """The code of a test number (E.164); None for any other, for staff, and once its time is over."""
    fixed = configured().get(number) if number else None
    if not number or not fixed or now.astimezone(UTC).date() >= fixed.until or is_staff(number):
        return None
    return fixed.code


def is_test_number(text: str | None, now: datetime) -> bool:
    """Whether a phone number in any spelling is a test number now."""
    if not configured():
        return False
    try:
        return find(phone_numbers.parse(text or ""), now) is not None
    except InvalidPhone:
        return False


def issue(number: str, code: str, now: datetime) -> PhoneSignIn:
    """Make the code live as if it had been sent. Raises RateLimited when no guess would be looked at."""
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
        if wait := sign_in_codes.next_guess_at(row, now):
            metrics.limits_hit.labels("guesses a day").inc()
            raise RateLimited(wait)
        sign_in_codes.put(row, number, code, now)
        row.save()
    return row


def configured() -> dict[str, FixedCode]:
    """TEST_NUMBERS by number. Raises ImproperlyConfigured for an entry that cannot be."""
    return _parse(tuple(settings.TEST_NUMBERS), policy().locked_length)


@cache
def _parse(entries: tuple[str, ...], shortest: int) -> dict[str, FixedCode]:
    return dict(_parse_entry(entry, shortest) for entry in entries)


def _parse_entry(entry: str, shortest: int) -> tuple[str, FixedCode]:
    try:
        phone, code, until = entry.split(":")
        number, fixed = phone_numbers.parse(phone), FixedCode(code, date.fromisoformat(until))
    except (ValueError, InvalidPhone):
        raise ImproperlyConfigured("TEST_NUMBERS: an entry is a phone number, a code and a day.") from None
    if not shortest <= len(code) <= LONGEST_CODE or not set(code) <= set(crypto.DIGITS):
        raise ImproperlyConfigured(f"TEST_NUMBERS: a code has {shortest} to {LONGEST_CODE} digits.")
    return number, fixed
