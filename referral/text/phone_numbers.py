"""Phone numbers: any usual spelling to E.164, the one form that everything is keyed by."""

import re

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from referral.refusals import InvalidPhone
from referral.text.spelling import fold

SPELLING = re.compile(r"[0-9+ ().\-/]+")
# In North America a mobile number cannot be told from a fixed line.
RECEIVE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def parse(text: str) -> str:
    """The number in E.164, such as +79110000000; national spellings are read in PHONE_REGION.

    Raises InvalidPhone for text that is not a phone number, for extensions and letters, for ranges not
    in use, and for lines that cannot receive an SMS (fixed, toll-free and the like).
    """
    spelling = fold(text)
    if not SPELLING.fullmatch(spelling):
        raise InvalidPhone
    try:
        number = phonenumbers.parse(spelling, settings.PHONE_REGION)
    except NumberParseException:
        raise InvalidPhone from None
    if phonenumbers.number_type(number) not in RECEIVE_SMS:  # a range not in use has no type
        raise InvalidPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
