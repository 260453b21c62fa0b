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
        "7️⃣9️⃣1️⃣1️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣",
        "＋7（911）000－00－01",
        "\ufe627 911 000\u221200\u221201",  # a small plus, minus signs
        "+7\t911\r\n000\u202800\u300001",  # tabs, line breaks, an ideographic space
        "+7·911•000・00.01",
        "+7\u2066911\u2069000\u200b0001\ufeff",  # isolates, a zero-width space, a byte order mark
        "+7 911 000-00-01.",
        "+7 911 000-00-01,",
        "«+7 911 000-00-01»;",
        "„+7 911 000-00-01“",
        "[+7 911 000-00-01]!",
        "<+79110000001>",
        "*+7 911 000-00-01*",
        "— 8 911 000-00-01",
        "+7(911)0000001",
        "++7 911 000 00 01",
        "+ 7 911 000 00 01",
        "+8 911 000-00-01",
        "+7 8 911 000-00-01",
        "+7 (8) 911 000-00-01",
        "00 7 911 000-00-01",
        "0079110000001",
        "+007 911 000-00-01",
        "0117 911 000-00-01",
        "810 7 911 000-00-01",
        "8~10 7 911 000-00-01",
        "tel:+7-911-000-00-01",
        "TEL:+7(911)000-00-01;isub=1234;foo=bar",
        "tel:911-000-00-01;phone-context=+7",
        "tel:8-911-000-00-01;phone-context=example.com",
        "tel:%2B7%20911%20000-00-01",
        "tel://+79110000001",
        "<tel:+7-911-000-00-01>",
        "sms:+79110000001?body=1",
        "Тел.: +7 911 000-00-01",
        "моб. 8 911 000-00-01",
        "Phone: +7 911 000-00-01",
    ],
)
def test_all_spellings_parse_to_one_number(spelling):
    assert phone_numbers.parse(spelling) == "+79110000001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tel:",
        "tel:%",
        "tel:;phone-context=+7",
        "tel:+79110000001;79110000002",  # two numbers
        "tel:+79110000001; +79110000002",
        "+7 911 000-00-01, +7 911 000-00-02",
        "+7 911 000-00-01 / +7 911 000-00-02",
        "+7 911 000-00-01\n+7 911 000-00-02",
        "7 911+000 00 01",
        "+9 911 000-00-01",
        "+8 811 000-00-01",
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


@pytest.mark.parametrize(
    ("region", "text", "number"),
    [
        ("US", "011 7 911 000-00-01", "+79110000001"),
        ("US", "00 7 911 000-00-01", "+79110000001"),
        ("AU", "0011 7 911 000-00-01", "+79110000001"),
        ("JP", "010 7 911 000-00-01", "+79110000001"),
        ("AR", "011 15 2345-6789", "+5491123456789"),
        ("KZ", "+8 701 234-56-78", "+77012345678"),
        ("UA", "+050 123-45-67", "+380501234567"),
        ("UA", "380501234567", "+380501234567"),
        ("RU", "+84 96 123 45 67", "+84961234567"),  # Vietnam, not +8 496
    ],
)
def test_prefixes_of_the_region(region, text, number, settings):
    settings.PHONE_REGION = region
    assert phone_numbers.parse(text) == number


def test_digits_that_may_be_two_numbers_are_refused(settings):
    settings.PHONE_REGION = "BR"  # +55 51 96123-4567, or +51 961 234 567 through the carrier 55
    with pytest.raises(InvalidPhone):
        phone_numbers.parse("00 55 51 96123-4567")
