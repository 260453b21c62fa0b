"""The sign-in log, and unlocking a number."""

import pytest

from referral import sessions, sign_in
from referral.events import Kind
from referral.models import SignInEvent
from referral.refusals import DeliveryFailed, InvalidRefreshToken, RateLimited, Refusal, WrongCode
from referral.sessions import refresh_tokens
from referral.sms.outcome import Outcome
from referral.tests.factories import (
    CLIENT,
    minutes,
    new_number,
    new_session,
    sent_code,
    verify,
    wrong,
)

pytestmark = pytest.mark.django_db


def kinds(number):
    return list(SignInEvent.objects.filter(phone=number).order_by("id").values_list("kind", flat=True))


def test_each_step_of_a_sign_in_is_recorded(gateway_in_memory, now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(WrongCode):
        verify(number, wrong(code), now)
    with pytest.raises(WrongCode):
        verify(number, "1", now)  # malformed, so not a guess
    session = verify(number, code, now + minutes(1)).session
    sessions.end_all(user_id=session.user_id, now=now + minutes(2), client=CLIENT)
    assert kinds(number) == [Kind.CODE_SENT, Kind.WRONG_CODE, Kind.SIGNED_IN, Kind.SESSION_ENDED]
    event = SignInEvent.objects.get(kind=Kind.SIGNED_IN)
    assert (event.ip_address, event.user_agent) == (CLIENT.address, CLIENT.user_agent)
    assert event.created_at == now + minutes(1)


def test_a_refusal_without_a_send_or_a_guess_is_not_recorded(gateway_in_memory, now):
    number = new_number()
    sent_code(number, now)
    for act in (lambda: sent_code(number, now), lambda: verify(new_number(), "1234", now)):
        with pytest.raises(Refusal):
            act()
    assert SignInEvent.objects.count() == 1


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN])
def test_a_failed_delivery_is_recorded(gateway_in_memory, now, outcome):
    gateway_in_memory.outcomes.append(outcome)
    number = new_number()
    with pytest.raises(DeliveryFailed):
        sign_in.request_code(phone=number, now=now)
    assert kinds(number) == [Kind.CODE_SENT, Kind.DELIVERY_FAILED]


def test_an_old_refresh_token_is_recorded(gateway_in_memory, now):
    session = new_session(now=now)
    for counter in (1, 2):
        sessions.refresh(token=refresh_tokens.encode(session.id, counter), now=now)
    with pytest.raises(InvalidRefreshToken):
        sessions.refresh(token=refresh_tokens.encode(session.id, 1), now=now + minutes(1), client=CLIENT)
    assert kinds(session.user.phone) == [Kind.OLD_REFRESH_TOKEN]


def test_unlocking_clears_the_history_of_a_number(gateway_in_memory, now):
    number = new_number()
    for minute in range(2):
        code = sent_code(number, now + minutes(minute))
        for _ in range(5):
            with pytest.raises(WrongCode):
                verify(number, wrong(code), now + minutes(minute))
    with pytest.raises(RateLimited):
        sent_code(number, now + minutes(2))
    sign_in.unlock(phone=number, now=now + minutes(2))
    code = sent_code(number, now + minutes(2))
    assert len(code) == 4
    assert verify(number, code, now + minutes(2)).is_new_user
    assert kinds(number)[-3] == Kind.NUMBER_UNLOCKED
