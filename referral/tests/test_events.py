"""The sign-in log, the purge, and unlocking a number."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from referral import sessions, sign_in
from referral.events import Kind
from referral.models import PhoneSignIn, ServiceDay, Session, SignInEvent
from referral.refusals import DeliveryFailed, InvalidRefreshToken, RateLimited, Refusal, WrongCode
from referral.sessions import refresh_tokens
from referral.sms.outcome import Outcome
from referral.tests.factories import (
    CLIENT,
    minutes,
    new_number,
    new_session,
    row_of,
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


def test_the_purge_deletes_old_rows_that_are_not_needed(gateway_in_memory, capsys):
    now = timezone.now()
    old, recent, guessed = (new_number() for _ in range(3))
    long_ago = now - timedelta(days=91)
    kept = verify(recent, sent_code(recent, now), now).session
    gone = verify(old, sent_code(old, long_ago), long_ago).session
    sessions.end(session_id=gone.id, user_id=gone.user_id, now=long_ago)
    with pytest.raises(WrongCode):
        verify(guessed, wrong(sent_code(guessed, long_ago)), long_ago)
    call_command("purge_expired")
    assert capsys.readouterr().out == "Deleted: 5 events, 1 sessions, 1 sign-in rows.\n"
    assert set(SignInEvent.objects.values_list("phone", flat=True)) == {recent}
    assert set(Session.objects.all()) == {kept}
    assert set(PhoneSignIn.objects.of_numbers().all()) == {row_of(recent), row_of(guessed)}
    assert not ServiceDay.objects.exists()


def test_the_purge_keeps_rows_for_the_given_number_of_days(gateway_in_memory):
    sent_code(new_number(), timezone.now() - timedelta(days=20))
    call_command("purge_expired", "--days", "21")
    assert (SignInEvent.objects.count(), PhoneSignIn.objects.of_numbers().count()) == (1, 0)
    call_command("purge_expired", "--days", "19")
    assert SignInEvent.objects.count() == 0


@pytest.mark.parametrize("away", [timedelta(0), timedelta(minutes=4), timedelta(hours=23)])
def test_the_purge_keeps_the_row_of_a_number_that_is_signing_in(gateway_in_memory, away):
    number = new_number()
    sent_code(number, timezone.now() - away)
    before = PhoneSignIn.objects.of_numbers().values().get()
    call_command("purge_expired", "--days", "0")
    assert PhoneSignIn.objects.of_numbers().values().get() == before
