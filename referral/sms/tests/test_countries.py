import pytest

from referral.refusals import CountryNotAllowed
from referral.sms.countries import require_allowed_country


def test_a_simulation_allows_every_country_unless_some_are_named(settings):
    require_allowed_country("+380501234567")
    settings.SMS_COUNTRIES = ["RU", "KZ"]
    require_allowed_country("+79110000001")
    require_allowed_country("+77010000000")
    with pytest.raises(CountryNotAllowed):
        require_allowed_country("+380501234567")
    settings.SMS_COUNTRIES = ["*"]
    require_allowed_country("+380501234567")


def test_a_real_gateway_allows_only_the_dialling_code_of_the_region(settings):
    settings.SMS_URL = "exolve://key@sender"
    for number in ("+79110000001", "+77010000000"):
        require_allowed_country(number)
    with pytest.raises(CountryNotAllowed):
        require_allowed_country("+380501234567")
