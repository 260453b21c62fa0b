"""Any spelling of a phone number, as the one that everything is keyed by: E.164."""

import re

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from referral.refusals import CountryNotAllowed, InvalidPhone
from referral.sms.gateway import is_simulated
from referral.spelling import fold

EVERYWHERE = "*"  # in SMS_COUNTRIES
SPELLING = re.compile(r"[0-9+ ().\-/]+")
# In North America a mobile number cannot be told from a fixed line.
RECEIVE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def parse(text: str) -> str:
    """The number in E.164, such as +79110000000; a national spelling is read in PHONE_REGION.

    Raises InvalidPhone for a text that is no number, an extension, letters, a range that is not in
    use, and lines that cannot receive an SMS (fixed, toll-free and the like).
    """
    spelling = fold(text)
    if not SPELLING.fullmatch(spelling):
        raise InvalidPhone
    try:
        number = phonenumbers.parse(spelling, settings.PHONE_REGION)
    except NumberParseException:
        raise InvalidPhone from None
    if phonenumbers.number_type(number) not in RECEIVE_SMS:  # a number that is not in use is of no type
        raise InvalidPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def require_allowed_country(number: str) -> None:
    """Raise CountryNotAllowed unless SMS_COUNTRIES names the country of an E.164 number.

    Where it names none, every country is good for a simulation; texts that somebody pays for go to
    those with PHONE_REGION's dialling code, lest anybody have codes sent to the dearest one.
    """
    allowed = settings.SMS_COUNTRIES or ([EVERYWHERE] if is_simulated() else _neighbours())
    if EVERYWHERE in allowed:
        return
    if phonenumbers.region_code_for_number(phonenumbers.parse(number)) not in allowed:
        raise CountryNotAllowed


def _neighbours() -> tuple[str, ...]:
    dialling_code = phonenumbers.country_code_for_region(settings.PHONE_REGION)
    return phonenumbers.region_codes_for_country_code(dialling_code)
