"""How phone numbers of the service's countries are written, for the field on the page."""

import re
from typing import Any

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

MOST = 20  # countries; numbers of others are entered with a plus


def countries() -> list[dict[str, Any]]:
    """Those of SMS_COUNTRIES, PHONE_REGION first. Only PHONE_REGION if there are too many to choose from."""
    allowed = [each for each in settings.SMS_COUNTRIES if each in phonenumbers.SUPPORTED_REGIONS]
    if allowed != settings.SMS_COUNTRIES or not 0 < len(allowed) <= MOST:  # "*", or the gateway's default
        allowed = [settings.PHONE_REGION]
    return [_country(each) for each in sorted(allowed, key=lambda region: region != settings.PHONE_REGION)]


def _country(region: str) -> dict[str, Any]:
    """Its dialling code, the prefix of national calls, and a mobile number as people space it."""
    code = str(phonenumbers.country_code_for_region(region))
    mobile = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    example = mobile or phonenumbers.example_number(region) or PhoneNumber()
    written = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL).removeprefix(f"+{code}")
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
    national = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    return {
        "region": region,
        "isHome": region == settings.PHONE_REGION,
        "code": code,
        "trunk": trunk,
        "example": written.strip(),
        "national": re.sub("[()]", "", national) if national.startswith(trunk) else trunk + written,
    }
