"""One handset has one key: every spelling of a number is read as the same E.164, in every region."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from referral.refusals import InvalidPhone
from referral.text import phone_numbers
from referral.text.numbering_plans import present_form

MOBILE = PhoneNumberType.MOBILE
NUMBERS = {
    region: number
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (number := phonenumbers.example_number_for_type(region, MOBILE))
}


def written(number, form):
    return phonenumbers.format_number(number, form)


def key(number):
    return written(present_form(number), PhoneNumberFormat.E164)


def usual_spellings(number, region):
    e164 = written(number, PhoneNumberFormat.E164)
    international = written(number, PhoneNumberFormat.INTERNATIONAL)
    return [
        e164,
        international,
        "00" + e164[1:],
        written(number, PhoneNumberFormat.RFC3966),
        written(number, PhoneNumberFormat.NATIONAL),
        phonenumbers.format_out_of_country_calling_number(number, region),
        e164.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"} | {ord("+"): "＋"}),
        f"\u2066«{international}»\u2069,".replace(" ", "\u00a0").replace("-", "\u2212"),
        f"({e164[:5]}){e164[5:]}",
    ]


def doubtful_spellings(number, region):
    code, national = number.country_code, phonenumbers.national_significant_number(number)
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
    return [
        national,
        f"{code}{national}",
        f"011 {code} {national}",
        trunk + national,
        f"+{trunk}{national}",
        f"+{code}{trunk}{national}",
        f"+{code} (0) {national}",
        f"+{code}{code}{national}",
        f"0{national}",
        f"+00{code}{national}",
        f"+{code}{national.lstrip('0')}",
    ]


def read(text):
    try:
        return phone_numbers.parse(text)
    except InvalidPhone:
        return None


def test_almost_all_regions_have_an_example():
    assert len(NUMBERS) >= len(phonenumbers.SUPPORTED_REGIONS) - 1 > 200


@pytest.mark.parametrize("region", NUMBERS)
def test_usual_spellings_are_read_as_one_number(region, settings):
    settings.PHONE_REGION = region
    number = NUMBERS[region]
    assert {text: read(text) for text in usual_spellings(number, region)} == dict.fromkeys(
        usual_spellings(number, region), key(number)
    )


@pytest.mark.parametrize("region", NUMBERS)
def test_doubtful_spellings_are_read_as_that_number_or_refused(region, settings):
    settings.PHONE_REGION = region
    number = NUMBERS[region]
    assert {read(text) for text in doubtful_spellings(number, region)} <= {key(number), None}


@pytest.mark.parametrize("home", ["RU", "US", "BR", "GB", "HK", "AU"])
def test_international_spellings_do_not_depend_on_the_home_region(home, settings):
    settings.PHONE_REGION = home
    for number in NUMBERS.values():
        international = written(number, PhoneNumberFormat.INTERNATIONAL)
        assert read(international) == key(number)
        assert read("00" + international[1:]) in {key(number), None}
