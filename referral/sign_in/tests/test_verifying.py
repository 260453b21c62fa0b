from datetime import timedelta

import pytest

from referral import crypto, sign_in
from referral.client import UNKNOWN
from referral.models import Referral, Session, User
from referral.refusals import CodeExpired, InvalidPhone, InviteNotFound, OwnInvite, RateLimited, WrongCode
from referral.tests.factories import minutes, new_number, new_user, row_of, sent_code, verify, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway_in_memory")]


def test_the_first_sign_in_creates_the_user_and_the_second_finds_it(now):
    number = new_number()
    first = verify(number, sent_code(number, now), now)
    second = verify(number, sent_code(number, now + minutes(1)), now + minutes(1))
    assert (first.is_new_user, second.is_new_user) == (True, False)
    user = User.objects.get(phone=number, created_at=now)
    assert first.session.user == second.session.user == user
    assert first.session != second.session


def test_a_user_keeps_their_invite_code(now):
    number = new_number()
    first = verify(number, sent_code(number, now), now).session.user
    again = verify(number, sent_code(number, now + minutes(1)), now + minutes(1)).session.user
    assert len(first.invite_code) == 6
    assert again.invite_code == first.invite_code


def test_the_session_stores_user_agent_and_address(now):
    number = new_number()
    session = verify(number, sent_code(number, now), now).session
    stored = Session.objects.get()
    assert (stored.user_agent, stored.ip_address) == ("tests", "192.0.2.1")
    assert stored.created_at == stored.last_used_at == session.created_at == now


@pytest.mark.django_db(transaction=True)
def test_a_refused_guess_stays_counted(now):
    number = new_number()
    code = sent_code(number, now)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as refused:
            verify(number, wrong(code), now)
        assert refused.value.guesses_left == left
    assert row_of(number).code_wrong_guesses == row_of(number).consecutive_wrong_guesses == 5
    assert row_of(number).wrong_guesses == [now] * 5
    with pytest.raises(CodeExpired):
        verify(number, code, now)
    assert User.objects.count() == Session.objects.count() == 0


def test_a_text_that_cannot_be_a_code_costs_no_guess(now):
    number = new_number()
    code = sent_code(number, now)
    for text in ("", "12", "12345", "abcd"):
        with pytest.raises(WrongCode) as refused:
            verify(number, text, now)
        assert refused.value.guesses_left == 5
    assert row_of(number).wrong_guesses == []
    assert verify(number, code, now).is_new_user


def test_a_code_cannot_be_used_twice(now):
    number = new_number()
    code = sent_code(number, now)
    verify(number, code, now)
    with pytest.raises(CodeExpired):
        verify(number, code, now)
    assert Session.objects.count() == 1


def test_a_code_expires_after_five_minutes(now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(CodeExpired):
        verify(number, code, now + minutes(5))


def test_a_replaced_code_is_wrong(now, monkeypatch):
    number = new_number()
    sent_code(number, now)
    draws = iter(["1111", "2222"])
    monkeypatch.setattr(crypto, "random_text", lambda alphabet, length: next(draws))
    assert [sent_code(number, now + minutes(minute)) for minute in (1, 2)] == ["1111", "2222"]
    monkeypatch.undo()
    with pytest.raises(WrongCode):
        verify(number, "1111", now + minutes(2))
    assert verify(number, "2222", now + minutes(2)).is_new_user


def test_a_number_that_was_never_sent_a_code_gets_code_expired(now):
    with pytest.raises(CodeExpired):
        verify(new_number(), "1234", now)
    with pytest.raises(InvalidPhone):
        verify("not a number", "1234", now)


def test_after_ten_wrong_guesses_a_day_no_guess_is_evaluated(now):
    number = new_number()
    for instant in (now, now + minutes(1)):
        code = sent_code(number, instant)
        for _ in range(5):
            with pytest.raises(WrongCode):
                verify(number, wrong(code), instant)
    day_later = now + timedelta(hours=24)
    for act in (lambda: verify(number, code, now + minutes(2)), lambda: sent_code(number, now + minutes(2))):
        with pytest.raises(RateLimited) as refused:
            act()
        assert refused.value.retry_at == day_later
    assert len(sent_code(number, day_later)) == 6


def test_a_disabled_user_gets_code_expired(now):
    user = new_user()
    User.objects.filter(id=user.id).update(is_active=False)
    with pytest.raises(CodeExpired):
        verify(user.phone, sent_code(user.phone, now), now)
    assert Session.objects.count() == 0
    assert row_of(user.phone).code_mac is None


def test_an_invite_code_is_activated_while_signing_in(now):
    inviter, number = new_user(), new_number()
    signed_in = verify(number, sent_code(number, now), now, invite_code=inviter.invite_code)
    assert signed_in.invite == signed_in.session.user
    assert Referral.objects.get().inviter == inviter


def test_a_bad_invite_code_does_not_prevent_signing_in(now):
    number = new_number()
    signed_in = verify(number, sent_code(number, now), now, invite_code="222222")
    assert isinstance(signed_in.invite, InviteNotFound)
    own = signed_in.session.user.invite_code
    signed_in = verify(number, sent_code(number, now + minutes(1)), now + minutes(1), invite_code=own)
    assert isinstance(signed_in.invite, OwnInvite)
    assert (Session.objects.count(), Referral.objects.count()) == (2, 0)


def test_an_existing_user_without_an_inviter_may_activate_a_code_too(now):
    user, inviter = new_user(), new_user()
    signed_in = verify(user.phone, sent_code(user.phone, now), now, invite_code=inviter.invite_code)
    assert (signed_in.is_new_user, signed_in.invite) == (False, user)


def test_without_an_invite_code_invite_is_none(now):
    number = new_number()
    code = sent_code(number, now)
    signed_in = sign_in.verify_code(phone=number, code=code, invite_code=None, client=UNKNOWN, now=now)
    assert signed_in.invite is None
