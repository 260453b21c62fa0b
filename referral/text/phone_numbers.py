"""Parsing phone numbers from any usual spelling to E.164, the only form used as a key."""

from collections.abc import Iterator

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from referral.refusals import InvalidPhone
from referral.text.numbering_plans import RECEIVE_SMS, present_form
from referral.text.phone_refusal import reason_for
from referral.text.phone_spelling import dialled

# Most countries dial 00 for a country code, North America 011. Both are read everywhere.
INTERNATIONAL_PREFIXES = ("00", "011")


def parse(text: str) -> str:
    """The number in E.164, such as +79110000000. National spellings are read in PHONE_REGION.

    Raises InvalidPhone for text that is not a phone number, for extensions, letters and unused ranges,
    for lines that cannot receive SMS (fixed, toll-free and so on), and for text that could be two numbers.
    """
    digits = dialled(text)
    numbers = _valid_numbers(digits)
    if len(numbers) == 1 and RECEIVE_SMS.issuperset(numbers.values()):
        return next(iter(numbers))
    raise InvalidPhone(reason_for(digits, set(numbers.values())))


def example() -> str:
    """A mobile number of PHONE_REGION, as people write it in full."""
    region = settings.PHONE_REGION
    mobile = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    number = mobile or phonenumbers.example_number(region)  # Tristan da Cunha has no mobile numbers
    assert number
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _valid_numbers(digits: str) -> dict[str, int]:
    """The valid numbers that the digits may mean (E.164), with their PhoneNumberType."""
    numbers = dict(_read(digits))
    if not (digits.startswith("+") and numbers):
        for reading in _other_readings(digits):
            numbers |= _read(reading)
    return numbers


def _read(digits: str) -> Iterator[tuple[str, int]]:
    region = None if digits.startswith("+") else settings.PHONE_REGION
    try:
        number = present_form(phonenumbers.parse(digits, region))
    except NumberParseException:
        return
    kind = phonenumbers.number_type(number)
    if kind != PhoneNumberType.UNKNOWN:  # an unused range
        yield phonenumbers.format_number(number, PhoneNumberFormat.E164), kind


def _other_readings(written: str) -> Iterator[str]:
    digits, region = written.lstrip("+"), settings.PHONE_REGION
    for prefix in INTERNATIONAL_PREFIXES:
        if digits.startswith(prefix):
            yield "+" + digits[len(prefix) :]
    if written != digits:
        trunk = phonenumbers.ndd_prefix_for_region(region, True)
        if trunk and digits.startswith(trunk):  # +8 911 instead of 8 911
            yield digits
    elif digits.startswith(str(phonenumbers.country_code_for_region(region))):
        yield "+" + digits
