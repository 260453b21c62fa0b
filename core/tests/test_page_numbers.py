"""Numbers as the page sends them, read by the domain. Here, because web imports none of it."""

import phonenumbers
import pytest

from referral.text.phone_numbers import parse
from web.numbers import countries


# Colombia's prefix is for fixed lines only, and Tristan da Cunha has no mobile numbers of its own.
@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS - {"CO", "TA"}))
def test_the_server_reads_national_numbers_behind_the_dialling_code(settings, region):
    """The page sends them so: the prefix of national calls is dropped here, where the numbering plans are."""
    settings.PHONE_REGION, settings.SMS_COUNTRIES = "RU", [region]
    (country,) = countries()
    national, international = (f"+{country['code']} {country[form]}" for form in ("national", "example"))
    assert parse(national) == parse(international)
