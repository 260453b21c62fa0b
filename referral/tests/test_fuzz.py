"""Any input raises at most a typed refusal; and codes are drawn uniformly."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from referral import invites, sign_in
from referral.crypto import DIGITS, random_text
from referral.refusals import CodeExpired, InvalidPhone, InviteNotFound, RateLimited, Refusal, WrongCode
from referral.tests.factories import NOON, new_number, new_user, sent_code, verify
from referral.text import phone_numbers

pytestmark = pytest.mark.slow

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="+0123456789 ()-./٠١٢٣৪५六", max_size=24),
    st.from_regex(r"\+?[78]?9\d{9}", fullmatch=True),
)
PATIENT = effort(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PATIENT
@given(text=TEXTS)
def test_any_text_parses_to_e164_or_raises_invalid_phone(text):
    try:
        number = phone_numbers.parse(text)
    except InvalidPhone:
        return
    assert number[0] == "+"
    assert number[1:].isascii()
    assert number[1:].isdigit()
    assert phone_numbers.parse(number) == number


@pytest.mark.django_db
@PATIENT
@given(text=TEXTS)
def test_requesting_a_code_for_any_text_raises_only_refusals(gateway_in_memory, text):
    try:
        sign_in.request_code(phone=text, now=NOON)
    except Refusal:
        return
    assert gateway_in_memory.outbox


@pytest.mark.django_db
@PATIENT
@given(text=TEXTS)
def test_guessing_any_text_raises_only_refusals(gateway_in_memory, text):
    number = new_number()
    code = sent_code(number)
    try:
        assert verify(number, text).is_new_user
    except (WrongCode, CodeExpired, RateLimited):
        return
    assert code.isdigit()


@pytest.mark.django_db
@PATIENT
@given(text=st.text(max_size=12))
def test_activating_any_text_raises_only_refusals(text):
    with pytest.raises(InviteNotFound):
        invites.activate(user=new_user(), code=text, now=NOON)


def test_codes_are_uniform():
    draws = 100_000
    counts = Counter(random_text(DIGITS, 4) for _ in range(draws))
    expected = draws / 10_000
    statistic = sum((counts[f"{code:04}"] - expected) ** 2 / expected for code in range(10_000))
    # Chi-squared with 9,999 degrees of freedom: by chance, five standard deviations off once in a million.
    assert 9_999 - 5 * (2 * 9_999) ** 0.5 < statistic < 9_999 + 5 * (2 * 9_999) ** 0.5
