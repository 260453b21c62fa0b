"""Metrics of the domain grow by exact amounts."""

from dataclasses import replace

import pytest

from referral import sign_in
from referral.budgets.budget import Budget
from referral.budgets.policy import Policy
from referral.budgets.windows import Limit
from referral.refusals import CodeExpired, DeliveryFailed, RateLimited, WrongCode
from referral.sms.outcome import Outcome
from referral.tests.factories import minutes, new_number, sent_code, verify, wrong
from referral.tests.growth import growth

pytestmark = pytest.mark.django_db


def test_texts_are_counted_by_gateway_and_outcome(now, gateway_in_memory):
    gateway_in_memory.outcomes.extend([Outcome.REFUSED, Outcome.UNKNOWN])
    number = new_number()
    with growth("referral_sms_total") as grown:
        for _ in range(2):
            with pytest.raises(DeliveryFailed):
                sent_code(number, now)
        sent_code(number, now)
    assert grown == {("memory (1)", each.name): 1 for each in Outcome}


def test_a_text_is_counted_for_each_gateway_that_was_tried(settings, now):
    settings.SMS_URL = "exolve://key@sender?api=http://127.0.0.1:9 memory://"
    with growth("referral_sms_total") as grown:
        sign_in.request_code(phone=new_number(), now=now)
    assert grown == {("exolve (1)", "REFUSED"): 1, ("memory (2)", "TAKEN"): 1}


def test_only_evaluated_wrong_guesses_are_counted(now, gateway_in_memory):
    number = new_number()
    code = sent_code(number, now)
    with growth("referral_wrong_guesses_total") as grown:
        for text in ("12", *[wrong(code)] * 7):
            with pytest.raises((WrongCode, CodeExpired)):
                verify(number, text, now)
    assert grown == {(): 5}


def refused(act, *arguments):
    with growth("referral_limits_hit_total") as grown, pytest.raises(RateLimited):
        act(*arguments)
    return grown


def test_the_limit_with_the_longest_wait_is_counted(now, gateway_in_memory):
    number = new_number()
    for minute in (*range(5), *range(120, 125)):
        later = now + minutes(minute)
        sent_code(number, later)
        limit = {4: "codes an hour", 124: "codes a day"}.get(minute, "cooldown")
        assert refused(sent_code, number, later) == {(limit,): 1}


def test_used_up_guesses_of_a_number_are_counted(now, gateway_in_memory, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), wrong_guesses=Limit(1, Policy().wrong_guesses.window))
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(WrongCode):
        verify(number, wrong(code), now)
    for act, *arguments in ((verify, number, code, now), (sent_code, number, now)):
        assert refused(act, *arguments) == {("guesses a day",): 1}


def test_used_up_texts_of_a_day_are_counted(now, gateway_in_memory, settings):
    settings.SIGN_IN_POLICY = replace(Policy(), service_sends=1)
    sent_code(new_number(), now)
    assert refused(sent_code, new_number(), now) == {("texts a day",): 1}


@pytest.mark.usefixtures("fresh_budgets")
def test_used_up_hourly_budgets_are_counted_by_name():
    budget = Budget("code requests", Limit(1, minutes(60)), "192.0.2.1")
    budget.spend()
    assert refused(budget.spend) == {("code requests",): 1}
