"""Why digits are not a phone number that can receive SMS."""

from collections.abc import Set

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from referral.refusals import PhoneReason

UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: PhoneReason.NO_COUNTRY,
    NumberParseException.NOT_A_NUMBER: PhoneReason.TOO_SHORT,  # fewer than three digits
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneReason.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneReason.TOO_SHORT,
    NumberParseException.TOO_LONG: PhoneReason.TOO_LONG,
}
LENGTHS = {
    ValidationResult.TOO_SHORT: PhoneReason.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: PhoneReason.TOO_SHORT,
    ValidationResult.TOO_LONG: PhoneReason.TOO_LONG,
}


def reason_for(digits: str, kinds: Set[int]) -> PhoneReason:
    """The reason for refusing digits (see `dialled`) that may mean valid numbers of these kinds."""
    if kinds:
        return PhoneReason.LANDLINE if kinds == {PhoneNumberType.FIXED_LINE} else PhoneReason.OTHER
    international = digits.startswith("+")
    if not international and _is_valid("+" + digits):
        return PhoneReason.NO_COUNTRY
    try:
        number = phonenumbers.parse(digits, None if international else settings.PHONE_REGION)
    except NumberParseException as error:
        return UNREADABLE.get(error.error_type, PhoneReason.OTHER)
    length = phonenumbers.is_possible_number_for_type_with_reason(number, PhoneNumberType.MOBILE)
    return LENGTHS.get(length, PhoneReason.OTHER)


def _is_valid(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits))
    except NumberParseException:
        return False
