import pytest
from django.core.checks import run_checks

from referral.budgets.policy import Policy


@pytest.fixture(autouse=True)
def ceiling(settings):
    settings.SIGN_IN_POLICY = Policy(service_sends=1000)


def found():
    return [
        (error.id, error.msg) for error in run_checks(databases=[]) if str(error.id).startswith("referral.")
    ]


def test_the_defaults_pass(settings):
    settings.SMS_URL, settings.DEMO_CODES = "console://", True
    assert found() == []


@pytest.mark.parametrize("url", ["sms", "console://?delay=soon"])
def test_an_unknown_gateway_is_an_error(settings, url):
    settings.SMS_URL, settings.DEMO_CODES = url, "console" in url
    ((id_, message),) = found()
    assert (id_, message.startswith("SMS_URL: ")) == ("referral.E001", True)


def test_the_console_gateway_is_for_development_and_demonstrations(settings):
    settings.SMS_URL = "console://"
    assert found() == [("referral.E007", "The SMS gateway is a simulation: no code arrives.")]
    settings.DEBUG = True
    assert found() == []


@pytest.mark.parametrize(("url", "timeout"), [(" ", 5), ("console://", 0), ("console://", 21)])
def test_no_gateway_and_a_timeout_out_of_range_are_errors(settings, url, timeout):
    settings.SMS_URL, settings.SMS_TIMEOUT, settings.DEMO_CODES = url, timeout, True
    assert found() == [("referral.E001", "SMS_URL or SMS_TIMEOUT is out of range.")]


def test_a_text_billed_as_two_messages_is_a_warning(settings):
    settings.SMS_URL = "exolve://key@sender"
    settings.PUBLIC_URL = "https://a-very-long-name-of-a-host.example.com"
    assert found() == [("referral.W001", "The text of an SMS in ru is billed as 2 messages.")]
    settings.SMS_URL = "memory://"
    assert found() == []


def test_a_real_gateway_without_a_ceiling_of_texts_is_a_warning(settings):
    settings.SMS_URL = "exolve://key@sender"
    assert found() == []
    settings.SIGN_IN_POLICY = Policy()
    assert found() == [("referral.W002", "SMS_PER_DAY is not set: the bill has no ceiling.")]
    settings.SMS_URL = "memory://"
    assert found() == []


@pytest.mark.parametrize(
    "entry",
    [
        "+79990000001",
        "+79990000001:31415926",
        "+79990000001:31415926:tomorrow",
        "+7999:31415926:2027-01-01",
        "+79990000001:3141592:2027-01-01",
        "+79990000001:31415926535:2027-01-01",
        "+79990000001:abcdefgh:2027-01-01",
    ],
)
def test_invalid_test_numbers_are_an_error(settings, entry):
    settings.TEST_NUMBERS = ["+79990000002:31415926:2027-01-01", entry]
    ((id_, message),) = found()
    assert (id_, message.startswith("TEST_NUMBERS: ")) == ("referral.E008", True)
    assert "31415926" not in message


def test_unknown_countries_are_errors(settings):
    settings.PHONE_REGION = "ru"
    settings.SMS_COUNTRIES = ["RU", "KZ", "XX", "*"]
    assert found() == [
        ("referral.E002", "PHONE_REGION: unknown country 'ru'."),
        ("referral.E002", "SMS_COUNTRIES: unknown country 'XX'."),
    ]
