import pytest

from referral.refusals import InvalidPhone
from referral.text import phone_numbers


@pytest.mark.parametrize(
    "spelling",
    [
        "+79110000001",
        "79110000001",
        "8 (911) 000-00-01",
        "+7 911 000-00-01",
        "9110000001",
        "  +7 911 000 00 01\n",
        "(+7) 911.000.00.01",
        "+7\u00a0911\u2009000\u201100\u201301",  # no-break and thin space, two kinds of dash
        "\u202a+7 911 000-00-01\u202c",  # direction marks, as in a copied contact
        "+٧٩١١٠٠٠٠٠٠١",  # Arabic-Indic digits
        "８９１１０００００01",  # full-width digits
        "+𝟕𝟗𝟏𝟏𝟎𝟎𝟎𝟎𝟎𝟎𝟏",  # mathematical digits
    ],
)
def test_all_spellings_parse_to_one_number(spelling):
    assert phone_numbers.parse(spelling) == "+79110000001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "+",
        "()",
        "abc",
        "8-911-FLOWERS",
        "+7 911 000-00-0",
        "+7 911 000-00-012",
        "+79110000001 ext. 5",
        "+79110000001;ext=5",
        "+79110000001#5",
        "+79110000001,5",
        "+79110000001x5",
        "+7911\x000000001",
        "+7 911 000 00 01 😀",
        "➕79110000001",
        "+7911000000²",
        "e\u0301",
        "\ud800",
        "1" * 100_000,
        "+" + "9" * 39,
        "+999 911 000-00-01",  # no such country
        "+7 011 000-00-01",  # an unused range
        "+7 495 123-45-67",  # a fixed line
        "8-800-555-35-35",  # toll-free
        "112",
    ],
)
def test_other_texts_are_refused(text):
    with pytest.raises(InvalidPhone):
        phone_numbers.parse(text)


def test_a_mobile_that_looks_like_a_fixed_line_is_accepted():
    assert phone_numbers.parse("+1 415 555-2671") == "+14155552671"


def test_national_spellings_are_read_in_the_region_of_the_settings(settings):
    settings.PHONE_REGION = "UA"
    assert phone_numbers.parse("050 123-45-67") == "+380501234567"
