import time

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from referral.refusals import InvalidPhone
from referral.refusals import PhoneReason as Reason
from referral.text import phone_numbers

SIGNS = "+0123456789 ()-./~;=,#*x%２\u0667\u2212\u00a0\u202a\u200b\ufe0f\x00\ud800\t\n«»"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+7 911 000-00-0", Reason.TOO_SHORT),
        ("911 000-00-0", Reason.TOO_SHORT),
        ("112", Reason.TOO_SHORT),
        ("+7", Reason.TOO_SHORT),
        ("+7 911 000-00-012", Reason.TOO_LONG),
        ("8 911 000-00-01 8 911 000-00-02", Reason.TOO_LONG),
        ("9" * 201, Reason.TOO_LONG),
        ("+7 495 123-45-67", Reason.LANDLINE),
        ("8 (495) 123-45-67", Reason.LANDLINE),
        ("+54 11 2345-6789", Reason.LANDLINE),
        ("8-911-FLOWERS", Reason.LETTERS),
        ("мой номер 8 911 000-00-01", Reason.LETTERS),
        ("+7 911 OOO-00-01", Reason.LETTERS),
        ("tel:+79110000001;ext=5", Reason.EXTENSION),
        ("+7 911 000-00-01 ext. 5", Reason.EXTENSION),
        ("+7 911 000-00-01 доб. 123", Reason.EXTENSION),
        ("+79110000001,,5", Reason.EXTENSION),
        ("+79110000001#5", Reason.EXTENSION),
        ("+999 911 000-00-01", Reason.NO_COUNTRY),
        ("380501234567", Reason.NO_COUNTRY),
        ("", Reason.OTHER),
        ("+7 011 000-00-01", Reason.OTHER),
        ("8-800-555-35-35", Reason.OTHER),
        ("+7 911 000 00 01 😀", Reason.OTHER),
    ],
)
def test_a_refusal_names_the_reason(text, reason):
    with pytest.raises(InvalidPhone) as refused:
        phone_numbers.parse(text)
    assert refused.value.reason is reason


@effort(max_examples=1_000, deadline=None)
@given(text=st.one_of(st.text(st.characters(), max_size=60), st.text(SIGNS, max_size=60)))
def test_any_text_is_a_number_or_refused(text):
    for written in (text, f"tel:{text}", f"+7 911 {text}", f"+79110000001{text}"):
        try:
            number = phone_numbers.parse(written)
        except InvalidPhone:
            continue
        assert phone_numbers.parse(number) == number


@pytest.mark.parametrize("piece", ["1", "+", "(", "\ud800", "\x00", "\u202a", "%2B", ";a", "tel:", " "])
def test_long_text_is_refused_in_linear_time(piece):
    started = time.monotonic()
    for length in (1, 30, 60, 200, 100_000):
        with pytest.raises(InvalidPhone):
            phone_numbers.parse("tel:" + piece * length)
    assert time.monotonic() - started < 5
