"""Two hosts with clocks three seconds apart serve the same number and session."""

from datetime import timedelta

import pytest

from referral import sessions
from referral.models import Session
from referral.refusals import CodeExpired, RateLimited, WrongCode
from referral.sessions import refresh_tokens
from referral.tests.factories import (
    minutes,
    new_number,
    new_session,
    row_of,
    sent_code,
    verify,
    wrong,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway_in_memory")]

SKEW = timedelta(seconds=3)
BOTH_WAYS = pytest.mark.parametrize("skew", [SKEW, -SKEW], ids=["first host ahead", "first host behind"])


@BOTH_WAYS
def test_a_code_of_one_host_signs_in_at_the_other_at_once(now, skew):
    number = new_number()
    code = sent_code(number, now + skew)
    session = verify(number, code, now).session
    assert list(sessions.live(session.user_id, now + skew)) == [session]


@BOTH_WAYS
def test_a_code_expires_by_the_instant_that_was_stored(now, skew):
    number = new_number()
    code = sent_code(number, now + skew)
    with pytest.raises(CodeExpired):
        verify(number, code, now + skew + minutes(5))
    assert verify(number, code, now + skew + minutes(5) - timedelta(microseconds=1)).is_new_user


@BOTH_WAYS
def test_the_cooldown_holds_at_the_other_host(now, skew):
    number = new_number()
    sent_code(number, now + skew)
    with pytest.raises(RateLimited) as refused:
        sent_code(number, now)
    assert refused.value.retry_at == now + skew + minutes(1)
    assert len(row_of(number).sends) == 1


@BOTH_WAYS
def test_guesses_at_both_hosts_are_counted_together(now, skew):
    number = new_number()
    code = sent_code(number, now)
    for guess in range(5):
        with pytest.raises(WrongCode):
            verify(number, wrong(code), now + skew * (guess % 2))
    with pytest.raises(CodeExpired):
        verify(number, code, now)
    assert row_of(number).wrong_guesses == sorted([now, now, now, now + skew, now + skew])


@BOTH_WAYS
def test_a_session_of_one_host_is_refreshed_at_the_other(now, skew):
    session = new_session(now=now + skew)
    for counter, at in ((1, now), (2, now + skew), (2, now), (3, now)):
        token = refresh_tokens.encode(session.id, counter)
        assert sessions.refresh(token=token, now=at)[1] == counter + 1
    assert Session.objects.get().ended_at is None


@BOTH_WAYS
def test_a_token_may_be_repeated_at_the_other_host(now, skew):
    session = new_session(now=now)
    for counter in (1, 2):
        sessions.refresh(token=refresh_tokens.encode(session.id, counter), now=now + skew)
    repeated = now + timedelta(seconds=26)  # of the overlap's 30
    assert sessions.refresh(token=refresh_tokens.encode(session.id, 1), now=repeated)[1] == 2
    assert Session.objects.get().ended_at is None
