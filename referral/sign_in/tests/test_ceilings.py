"""Ceilings for the whole service, per UTC day and hour."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from referral import sign_in
from referral.budgets.policy import Policy
from referral.models import PhoneSignIn, ServiceDay, Session
from referral.refusals import CodeExpired, DeliveryFailed, RateLimited, WrongCode
from referral.sign_in import CodeSent, SignedIn
from referral.sign_in.ceilings import give_back_send
from referral.sms.outcome import Outcome
from referral.tests.factories import minutes, new_number, row_of, sent_code, verify, wrong
from referral.tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gateway_in_memory")]


@pytest.fixture
def ceilings(settings):
    def change(**changes):
        settings.SIGN_IN_POLICY = replace(Policy(), **changes)

    return change


def spray(now, numbers):
    for _ in range(numbers):
        number = new_number()
        with pytest.raises(WrongCode):
            verify(number, wrong(sent_code(number, now)), now)


def test_after_a_spray_over_many_numbers_codes_have_six_digits_until_midnight(ceilings, now):
    ceilings(service_wrong_guesses=3)
    spray(now, 2)
    owner = new_number()
    assert len(sent_code(owner, now)) == 4
    spray(now, 1)
    assert len(sent_code(new_number(), now)) == 6
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    assert len(sent_code(new_number(), midnight - minutes(0.01))) == 6
    assert len(sent_code(new_number(), midnight)) == 4


def test_a_live_short_code_expires_when_the_ceiling_is_reached(ceilings, now):
    ceilings(service_wrong_guesses=1)
    number = new_number()
    code = sent_code(number, now)
    spray(now, 1)
    with pytest.raises(CodeExpired):
        verify(number, code, now)
    longer = sent_code(number, now + minutes(1))
    assert verify(number, longer, now + minutes(1)).is_new_user


def test_only_evaluated_guesses_are_counted(now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(WrongCode):
        verify(number, "12", now)
    for _ in range(7):
        with pytest.raises((WrongCode, CodeExpired)):
            verify(number, wrong(code), now)
    assert ServiceDay.objects.values_list("day", "wrong_guesses").get() == (now.date(), 5)


def test_the_day_is_a_utc_day_in_any_time_zone(now):
    tokyo = timezone(timedelta(hours=9))
    spray(now.replace(hour=20).astimezone(tokyo), 1)
    assert ServiceDay.objects.get().day == now.date()


def test_concurrent_guesses_are_all_counted(now):
    codes = {number: sent_code(number, now) for number in (new_number() for _ in range(16))}
    answers = at_once([partial(verify, n, wrong(c), now) for n, c in codes.items()])
    assert {type(answer) for answer in answers} == {WrongCode}
    assert ServiceDay.objects.get().wrong_guesses == 16


def test_right_and_wrong_codes_at_once_make_one_session_and_five_guesses_at_most(now):
    number = new_number()
    code = sent_code(number, now)
    answers = at_once([partial(verify, number, text, now) for text in [code, wrong(code)] * 8])
    kinds = Counter(type(answer) for answer in answers)
    assert kinds[SignedIn] == Session.objects.count() <= 1
    assert kinds[WrongCode] <= 5
    assert kinds[SignedIn] == 1 or kinds[WrongCode] == 5


def ask(number, now):
    return sign_in.request_code(phone=number, now=now)


def test_concurrent_requests_send_no_more_texts_than_the_ceiling(ceilings, gateway_in_memory, now):
    ceilings(service_sends=10)
    answers = at_once([partial(ask, new_number(), now) for _ in range(16)])
    assert Counter(type(answer) for answer in answers) == {CodeSent: 10, RateLimited: 6}
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    assert {answer.retry_at for answer in answers if isinstance(answer, RateLimited)} == {midnight}
    assert len(gateway_in_memory.outbox) == ServiceDay.objects.get().sends == 10
    assert PhoneSignIn.objects.of_numbers().count() == 10
    assert isinstance(ask(new_number(), midnight), CodeSent)


def test_a_request_during_the_cooldown_does_not_count_towards_the_ceiling(ceilings, now):
    ceilings(service_sends=10)
    number = new_number()
    ask(number, now)
    with pytest.raises(RateLimited):
        ask(number, now)
    assert ServiceDay.objects.get().sends == 1


def test_past_the_ceiling_the_number_keeps_its_budget_and_its_code(ceilings, now):
    ceilings(service_sends=1)
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(RateLimited):
        ask(number, now + minutes(1))
    assert row_of(number).sends == [now]
    assert verify(number, code, now + minutes(1)).is_new_user


@pytest.mark.parametrize(("ceiling", "told_after"), [(4, [2, 4]), (5, [3, 5]), (1, [1])])
def test_reaching_half_the_ceiling_and_the_ceiling_is_logged(ceilings, caplog, now, ceiling, told_after):
    ceilings(service_sends=ceiling)
    told = []
    for sends in range(1, ceiling + 1):
        ask(new_number(), now)
        told += [sends] * len([record for record in caplog.records if record.levelname == "ERROR"])
        caplog.clear()
    assert told == told_after


def test_an_hour_sends_a_quarter_of_the_day_and_at_least_fifty():
    assert Policy(service_sends=None).service_sends_an_hour is None
    assert [Policy(service_sends=day).service_sends_an_hour for day in (10, 200, 1000)] == [50, 50, 250]


@pytest.fixture
def sent_this_hour(now):
    """Count texts of the day and of the hour, in one row, as if they had been sent."""

    def count(sends, hour_sends):
        ServiceDay.objects.create(day=now.date(), sends=sends, hour=now.hour, hour_sends=hour_sends)

    return count


def test_concurrent_requests_send_no_more_texts_in_an_hour_than_its_ceiling(ceilings, now, sent_this_hour):
    ceilings(service_sends=1000)
    sent_this_hour(300, 240)
    answers = at_once([partial(ask, new_number(), now + minutes(20)) for _ in range(16)])
    assert Counter(type(answer) for answer in answers) == {CodeSent: 10, RateLimited: 6}
    next_hour = now + timedelta(hours=1)
    assert {answer.retry_at for answer in answers if isinstance(answer, RateLimited)} == {next_hour}
    assert isinstance(ask(new_number(), next_hour), CodeSent)
    day = ServiceDay.objects.get()
    assert (day.sends, day.hour, day.hour_sends) == (311, next_hour.hour, 1)


def test_a_server_whose_clock_is_behind_does_not_reopen_the_hour(ceilings, now, sent_this_hour):
    ceilings(service_sends=1000)
    sent_this_hour(300, 250)
    with pytest.raises(RateLimited):
        ask(new_number(), now - minutes(1))
    assert ServiceDay.objects.get().hour_sends == 250


def test_the_hourly_ceiling_is_logged(ceilings, caplog, now, sent_this_hour):
    ceilings(service_sends=1000)
    sent_this_hour(300, 249)
    ask(new_number(), now)
    assert caplog.messages == ["250 texts were sent in this hour: no codes are sent until the next."]


def test_a_gateway_that_refuses_uses_up_no_ceiling(ceilings, gateway_in_memory, now):
    ceilings(service_sends=3)
    gateway_in_memory.outcomes.extend([Outcome.REFUSED] * 50)
    for _ in range(50):
        with pytest.raises(DeliveryFailed):
            ask(new_number(), now)
    day = ServiceDay.objects.get()
    assert (day.sends, day.hour_sends) == (0, 0)
    assert [type(ask(new_number(), now)) for _ in range(3)] == [CodeSent] * 3


def test_a_text_that_may_have_been_sent_stays_counted(ceilings, gateway_in_memory, now):
    ceilings(service_sends=3)
    gateway_in_memory.outcomes.append(Outcome.UNKNOWN)
    with pytest.raises(DeliveryFailed):
        ask(new_number(), now)
    day = ServiceDay.objects.get()
    assert (day.sends, day.hour_sends) == (1, 1)


def test_a_refusal_after_the_hour_is_given_back_to_its_day_only(ceilings, now, sent_this_hour):
    ceilings(service_sends=1000)
    sent_this_hour(5, 2)
    give_back_send(now - timedelta(hours=1))
    day = ServiceDay.objects.get()
    assert (day.sends, day.hour_sends) == (4, 2)
