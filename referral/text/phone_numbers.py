"""Parsing phone numbers from any usual spelling to E.164, the only form used as a key."""

import re

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from referral.refusals import InvalidPhone
from referral.text.spelling import fold

SPELLING = re.compile(r"[0-9+ ().\-/]+")
# North American mobile numbers cannot be told from fixed lines.
RECEIVE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def parse(text: str) -> str:
    """The number in E.164, such as +79110000000. National spellings are read in PHONE_REGION.

    Raises InvalidPhone for text that is not a phone number, for extensions, letters and unused ranges,
    and for lines that cannot receive SMS (fixed, toll-free and so on).
    """
    spelling = fold(text)
    if not SPELLING.fullmatch(spelling):
        raise InvalidPhone
    try:
        number = phonenumbers.parse(spelling, settings.PHONE_REGION)
    except NumberParseException:
        raise InvalidPhone from None
    if phonenumbers.number_type(number) not in RECEIVE_SMS:  # an unused range has no type
        raise InvalidPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
