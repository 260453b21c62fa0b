"""TEST_NUMBERS: phone numbers with a fixed code and no SMS, for app store reviewers and end-to-end tests.

They spend no client's budget and are never invitees. Guesses at their codes are limited like those at
any other number. Because a code stays the same for months, it is as long as that of a locked number.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from referral import crypto
from referral.people.users import is_staff
from referral.refusals import InvalidPhone
from referral.text import phone_numbers, sign_in_codes


@dataclass(frozen=True)
class FixedCode:
    """A code that is valid until the UTC day `until` begins."""

    code: str
    until: date


def code_of(number: str | None, now: datetime) -> str | None:
    """The fixed code of a test number (E.164). None for other numbers, for staff, and once it has expired."""
    fixed = configured().get(number) if number else None
    if not number or not fixed or now.astimezone(UTC).date() >= fixed.until or is_staff(number):
        return None
    return fixed.code


def configured() -> dict[str, FixedCode]:
    """TEST_NUMBERS by number (E.164). Raises ImproperlyConfigured for an invalid entry."""
    return _parse(tuple(settings.TEST_NUMBERS), settings.SIGN_IN_POLICY.locked_length)


@cache
def _parse(entries: tuple[str, ...], shortest: int) -> dict[str, FixedCode]:
    return dict(_parse_entry(entry, shortest) for entry in entries)


def _parse_entry(entry: str, shortest: int) -> tuple[str, FixedCode]:
    try:
        phone, code, until = entry.split(":")
        number, fixed = phone_numbers.parse(phone), FixedCode(code, date.fromisoformat(until))
    except (ValueError, InvalidPhone):
        raise ImproperlyConfigured("TEST_NUMBERS: an entry is a phone number, a code and a date.") from None
    if not shortest <= len(code) <= sign_in_codes.LONGEST or not set(code) <= set(crypto.DIGITS):
        raise ImproperlyConfigured(
            f"TEST_NUMBERS: a code needs {shortest} to {sign_in_codes.LONGEST} digits."
        )
    return number, fixed
