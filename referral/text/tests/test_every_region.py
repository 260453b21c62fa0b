"""One handset has one key: every spelling of a number is read as the same E.164, in every region."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from referral.refusals import InvalidPhone
from referral.text import phone_numbers
from referral.text.numbering_plans import RECEIVE_SMS, present_form

pytestmark = pytest.mark.slow

MOBILE = PhoneNumberType.MOBILE
NUMBERS = {
    region: number
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (number := phonenumbers.example_number_for_type(region, MOBILE))
}


def others(region):
    """Some mobile numbers of a region, always the same."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    assert metadata
    assert metadata.mobile
    national = phonenumbers.national_significant_number(NUMBERS[region])
    draw = random.Random(region)  # noqa: S311
    for _ in range(40):
        kept, length = draw.randint(1, len(national) - 1), draw.choice(metadata.mobile.possible_length)
        digits = national[:kept] + "".join(draw.choices("0123456789", k=max(length - kept, 0)))
        number = phonenumbers.parse(f"+{NUMBERS[region].country_code}{digits}")
        if phonenumbers.number_type(number) in RECEIVE_SMS:
            yield number


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
        f"+{trunk or code}{national}",  # +8 911
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
def test_so_are_the_spellings_of_other_numbers(region, settings):
    settings.PHONE_REGION = region
    for number in others(region):
        texts = usual_spellings(number, region) + doubtful_spellings(number, region)
        assert {read(text) for text in texts} <= {key(number), None}
        assert read(key(number)) == key(number)


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
