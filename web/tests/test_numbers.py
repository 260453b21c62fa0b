import json
import re

import pytest

from web.numbers import MOST, countries

RUSSIA = {
    "region": "RU",
    "isHome": True,
    "code": "7",
    "trunk": "8",
    "example": "912 345-67-89",
    "national": "8 912 345-67-89",
}


@pytest.mark.parametrize("allowed", [[], ["*"], ["RU", "*"], ["RU", "XX"]])
def test_without_a_list_to_choose_from_there_is_the_home_country(settings, allowed):
    settings.PHONE_REGION, settings.SMS_COUNTRIES = "RU", allowed
    assert countries() == [RUSSIA]


def test_the_home_country_comes_first(settings):
    settings.PHONE_REGION, settings.SMS_COUNTRIES = "RU", ["AM", "RU", "DE"]
    assert [(each["region"], each["code"], each["isHome"]) for each in countries()] == [
        ("RU", "7", True),
        ("AM", "374", False),
        ("DE", "49", False),
    ]


def test_the_home_country_may_be_one_to_which_no_code_is_sent(settings):
    settings.PHONE_REGION, settings.SMS_COUNTRIES = "RU", ["AM"]
    assert [each["region"] for each in countries()] == ["AM"]


def test_too_many_countries_are_not_listed(settings):
    first = ["RU", "KZ", "BY", "AM", "GE", "AZ", "UZ", "KG", "TJ", "TM"]
    many = [*first, "MD", "UA", "DE", "FR", "IT", "ES", "PT", "PL", "CZ", "AT", "CH"]
    assert len(many) == MOST + 1
    settings.PHONE_REGION, settings.SMS_COUNTRIES = "RU", many
    assert countries() == [RUSSIA]
    settings.SMS_COUNTRIES = many[:-1]
    assert len(countries()) == MOST


@pytest.mark.parametrize("region", ["US", "IT", "CI", "TA", "MC", "HU", "MX"])
def test_examples_have_digits_and_no_dialling_code(settings, region):
    settings.PHONE_REGION, settings.SMS_COUNTRIES = region, []
    (country,) = countries()
    assert re.fullmatch(r"[\d -]{4,}", country["example"])
    assert not country["example"].startswith("+")


@pytest.mark.parametrize(
    ("region", "national"),
    [
        ("GB", "07400 123456"),
        ("FR", "06 12 34 56 78"),
        ("DE", "01512 3456789"),
        ("HU", "06 20 123 4567"),
        ("BR", "0 11 96123-4567"),  # usually written without the prefix
        ("LT", "0 612 34567"),
        ("MX", "222 123 4567"),
    ],
)
def test_a_national_example_has_the_prefix_of_national_calls(settings, region, national):
    settings.PHONE_REGION, settings.SMS_COUNTRIES = region, []
    assert countries()[0]["national"] == national


def test_the_page_has_the_countries_and_the_length_of_invite_codes(client, settings):
    settings.PHONE_REGION, settings.SMS_COUNTRIES, settings.INVITE_CODE_LENGTH = "RU", [], 8
    content = client.get("/").content.decode()
    found = re.search(r'data-countries="(.*?)"', content)
    assert found
    assert json.loads(found[1].replace("&quot;", '"')) == [RUSSIA]
    assert 'data-invite-code-length="8"' in content
