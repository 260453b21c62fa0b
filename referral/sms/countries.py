"""The countries to which texts are sent."""

import phonenumbers
from django.conf import settings

from referral.refusals import CountryNotAllowed
from referral.sms.gateway import is_simulated

EVERYWHERE = "*"  # in SMS_COUNTRIES


def require_allowed_country(number: str) -> None:
    """Raise CountryNotAllowed unless SMS_COUNTRIES allows the country of an E.164 number.

    By default, a simulation allows every country, and a real gateway only those with PHONE_REGION's
    dialling code. Otherwise a stranger could have codes sent to the most expensive country.
    """
    allowed = settings.SMS_COUNTRIES or ([EVERYWHERE] if is_simulated() else _home_countries())
    if EVERYWHERE in allowed:
        return
    if phonenumbers.region_code_for_number(phonenumbers.parse(number)) not in allowed:
        raise CountryNotAllowed


def _home_countries() -> tuple[str, ...]:
    dialling_code = phonenumbers.country_code_for_region(settings.PHONE_REGION)
    return phonenumbers.region_codes_for_country_code(dialling_code)
