"""Test numbers: a fixed code, no SMS, and no effect on real numbers."""

from datetime import timedelta

import pytest

from referral import invites, sign_in
from referral.models import Referral, ServiceDay, SignInEvent, User
from referral.refusals import CodeExpired, CountryNotAllowed, InviteNotFound, RateLimited, WrongCode
from referral.tests.factories import code_in, minutes, new_number, new_user, row_of, verify

pytestmark = pytest.mark.django_db
NUMBER, CODE = "+79990000001", "31415926"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def test_numbers(settings, gateway_in_memory, now):
    settings.TEST_NUMBERS = [f"8 (999) 000-00-01:{CODE}:{(now + DAY).date()}"]


def ask(now, number=NUMBER):
    return sign_in.request_code(phone=number, now=now)


def test_a_test_number_signs_in_any_number_of_times_and_nothing_is_sent(gateway_in_memory, now):
    for time in range(20):
        sent = ask(now)
        assert (sent.phone, sent.code_length, sent.resend_at, sent.demo_code) == (NUMBER, 8, now, None)
        assert verify(NUMBER, CODE, now).is_new_user is (time == 0)
    assert gateway_in_memory.outbox == row_of(NUMBER).sends == []
    assert not SignInEvent.objects.filter(kind=SignInEvent.Kind.CODE_SENT).exists()


def test_the_fixed_code_must_be_requested_and_works_once(now):
    with pytest.raises(CodeExpired):
        verify(NUMBER, CODE, now)
    ask(now)
    verify(NUMBER, CODE, now)
    with pytest.raises(CodeExpired):
        verify(NUMBER, CODE, now)


def test_guesses_at_the_fixed_code_are_limited(now):
    for guess in range(10):
        if guess % 5 == 0:
            ask(now)
        with pytest.raises(WrongCode):
            verify(NUMBER, "00000000", now)
    for act in (lambda: verify(NUMBER, CODE, now), lambda: ask(now)):
        with pytest.raises(RateLimited) as refused:
            act()
        assert refused.value.retry_at == now + DAY


def test_a_test_number_ignores_the_ceilings_of_the_service(gateway_in_memory, settings, now):
    ServiceDay.objects.create(day=now.date(), wrong_guesses=10**6, sends=10**6)
    ask(now)
    with pytest.raises(WrongCode):
        verify(NUMBER, "00000000", now)
    assert verify(NUMBER, CODE, now).is_new_user
    today = ServiceDay.objects.get()
    assert (today.wrong_guesses, today.sends) == (10**6, 10**6)


def test_a_test_number_may_be_in_a_country_that_is_not_allowed(settings, now):
    settings.SMS_COUNTRIES = ["KZ"]
    assert ask(now).phone == NUMBER
    with pytest.raises(CountryNotAllowed):
        ask(now, new_number())


def test_an_expired_test_number_is_an_ordinary_number(gateway_in_memory, now):
    midnight = now.replace(hour=0) + DAY
    assert ask(midnight - minutes(1)).code_length == 8
    assert ask(midnight).code_length == 4
    ((number, text),) = gateway_in_memory.outbox
    assert (number, len(code_in(text))) == (NUMBER, 4)


def test_a_number_of_staff_does_not_use_the_fixed_code(gateway_in_memory, now):
    User.objects.create_superuser(phone=NUMBER, password="long and random")
    assert ask(now).code_length == 4
    assert code_in(gateway_in_memory.outbox[0][1]) != CODE


def test_a_test_number_is_never_an_invitee(now):
    inviter = new_user()
    ask(now)
    signed_in = verify(NUMBER, CODE, now, invite_code=inviter.invite_code)
    assert isinstance(signed_in.invite, InviteNotFound)
    with pytest.raises(InviteNotFound):
        invites.activate(user=signed_in.session.user, code=inviter.invite_code, now=now)
    inviter.refresh_from_db()
    assert (inviter.invited_count, Referral.objects.count()) == (0, 0)
