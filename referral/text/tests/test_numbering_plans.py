import re

import phonenumbers
import pytest

from referral.refusals import InvalidPhone
from referral.text import phone_numbers
from referral.text.numbering_plans import FORMS


@pytest.mark.parametrize(
    ("spelling", "number"),
    [
        ("+39 0347 123 4567", "+393471234567"),  # Italy
        ("+52 1 55 1234 5678", "+525512345678"),  # Mexico
        ("+52 044 55 1234 5678", "+525512345678"),
        ("+52 01 55 1234 5678", "+525512345678"),
        ("+54 11 15 2345 6789", "+5491123456789"),  # Argentina
        ("+54 9 11 15 2345 6789", "+5491123456789"),
        ("+54 9 341 15 423 4567", "+5493414234567"),
        ("+55 11 8123-4567", "+5511981234567"),  # Brazil
        ("+55 21 9123-4567", "+5521991234567"),
        ("+55 (0) 47 6123-4567", "+5547961234567"),
        ("+84 120 123 4567", "+84701234567"),  # Vietnam
        ("+84 129 123 4567", "+84821234567"),
        ("+84 0169 123 4567", "+84391234567"),
        ("+84 188 123 4567", "+84581234567"),
        ("+84 199 123 4567", "+84591234567"),
        ("+220 83 301 2345", "+2203012345"),  # Gambia
        ("+225 02 12 34 56", "+2250102123456"),  # Ivory Coast
        ("+225 45 12 34 56", "+2250545123456"),
        ("+225 07 12 34 56", "+2250707123456"),
        ("+225 7 07 12 34 56", "+2250707123456"),
        ("+229 97 12 34 56", "+2290197123456"),  # Benin
        ("+229 1 97 12 34 56", "+2290197123456"),
        ("+230 725 1234", "+23057251234"),  # Mauritius
        ("+237 77 12 34 56", "+237677123456"),  # Cameroon
        ("+241 06 03 12 34", "+24166031234"),  # Gabon
        ("+241 7 03 12 34", "+24177031234"),
        ("+241 066 03 12 34", "+24166031234"),
        ("+241 3 03 12 34", "+24103031234"),
        ("+242 6 612 3456", "+242066123456"),  # Congo
        ("+593 8 123 4567", "+593981234567"),  # Ecuador
        ("+974 612 3456", "+97466123456"),  # Qatar
        ("+995 99 12 34 56", "+995599123456"),  # Georgia
    ],
)
def test_a_changed_form_is_read_as_the_present_number(spelling, number):
    assert phone_numbers.parse(spelling) == number
    assert phone_numbers.parse(number) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "+54 11 2345-6789",  # a fixed line, while +54 9 11 2345-6789 is a mobile
        "+39 06 1234 5678",
        "+225 21 23 45 67",  # a fixed line of before 2021
        "+52 2 55 1234 5678",
        "+55 11 1123-4567",
        "+84 123 456 78901",
    ],
)
def test_a_number_that_may_be_another_one_is_refused(spelling):
    with pytest.raises(InvalidPhone):
        phone_numbers.parse(spelling)


def test_a_valid_number_stays_as_it_is():
    assert phone_numbers.parse("+55 11 7123-4567") == "+551171234567"  # a radio trunk of eight digits
    assert phone_numbers.parse("+55 11 97123-4567") == "+5511971234567"


def test_the_forms_before_and_after_do_not_overlap():
    for code, forms in FORMS.items():
        region = phonenumbers.region_code_for_country_code(code)
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        assert number
        after = phone_numbers.parse(phonenumbers.format_number(number, 0)).removeprefix(f"+{code}")
        assert not any(re.fullmatch(before, after) for before, _ in forms), region
