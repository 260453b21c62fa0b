"""Mobile numbers in a form that their country has changed, and numbers that are valid in two forms.

Only one form of a number is a key. Otherwise one phone would have the budgets of two.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

# North American mobile numbers cannot be told from fixed lines.
RECEIVE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}

VIETNAM_12 = (70, 79, 77, 83, 84, 85, 76, 81, 78, 82)  # for 120 to 129
# National numbers by country code: a pattern of the whole number, and the form used as a key. Changes since
# 2010, and zeros that are part of the number but often left out.
FORMS = {
    39: [(r"0(3\d{8,9})", r"\1")],  # Italy: the zero belongs to fixed lines only
    52: [(r"(?:0?1|04[45])(\d{10})", r"\1")],  # Mexico, 2019
    54: [(r"90?(\d{12})", r"0\1")],  # Argentina: the international 9 and the national 15 together
    55: [(r"0?([1-9]{2})([6-9]\d{7})", r"\g<1>9\2")],  # Brazil, 2012 to 2016
    84: [  # Vietnam, 2018
        *((rf"12{last}(\d{{7}})", rf"{new}\1") for last, new in enumerate(VIETNAM_12)),
        (r"16([2-9]\d{7})", r"3\1"),
        (r"18([68]\d{7})", r"5\1"),
        (r"199(\d{7})", r"59\1"),
    ],
    220: [(r"8[3-9]([2-9]\d{6})", r"\1")],  # Gambia: moving from seven digits to nine
    225: [  # Ivory Coast, 2021: the second digit names the operator
        (r"([014-9][0-3]\d{6})", r"01\1"),
        (r"([014-9][4-6]\d{6})", r"05\1"),
        (r"([014-9][7-9]\d{6})", r"07\1"),
        (r"([157]\d{8})", r"0\1"),
    ],
    229: [(r"(\d{8})", r"01\1"), (r"(1\d{8})", r"0\1")],  # Benin, 2024
    230: [(r"([79]\d{6})", r"5\1")],  # Mauritius, 2013
    237: [(r"([79]\d{7})", r"6\1")],  # Cameroon, 2014
    241: [(r"0?([256]\d{6})", r"6\1"), (r"0?([47]\d{6})", r"7\1"), (r"(3\d{6})", r"0\1")],  # Gabon, 2019
    242: [(r"([14-6]\d{7})", r"0\1")],  # Congo
    593: [(r"([89]\d{7})", r"9\1")],  # Ecuador, 2012
    974: [(r"([3567])(\d{6})", r"\1\1\2")],  # Qatar, 2010
    995: [(r"([5-9]\d{7})", r"5\1")],  # Georgia, 2011
}
VALID_IN_TWO_FORMS = {220, 241}  # according to libphonenumber


def present_form(number: PhoneNumber) -> PhoneNumber:
    """The form of a number that is used as a key: the number itself unless its country has changed it.

    A valid number stays as it is, except in the countries where one number is valid in two forms.
    """
    code = number.country_code or 0
    if code not in FORMS or (code not in VALID_IN_TWO_FORMS and phonenumbers.is_valid_number(number)):
        return number
    national = phonenumbers.national_significant_number(number)
    matches = ((re.fullmatch(pattern, national), form) for pattern, form in FORMS[code])
    changed = (phonenumbers.parse(f"+{code}{match.expand(form)}") for match, form in matches if match)
    return next((each for each in changed if phonenumbers.number_type(each) in RECEIVE_SMS), number)
