import pytest
from django.core.checks import run_checks


def found():
    return [(error.id, error.msg) for error in run_checks() if error.id.startswith("referral.")]


def test_the_defaults_pass(settings):
    settings.SMS_URL = "console://"
    assert found() == []


@pytest.mark.parametrize("url", ["", "sms", "console://?delay=soon"])
def test_a_gateway_that_there_is_not(settings, url):
    settings.SMS_URL = url
    ((id_, message),) = found()
    assert (id_, message.startswith("SMS_URL: ")) == ("referral.E001", True)


def test_countries_that_there_are_not(settings):
    settings.PHONE_REGION = "ru"
    settings.SMS_COUNTRIES = ["RU", "KZ", "XX"]
    assert found() == [
        ("referral.E002", "PHONE_REGION: there is no country 'ru'."),
        ("referral.E002", "SMS_COUNTRIES: there is no country 'XX'."),
    ]
