from datetime import timedelta

from referral.instants import up_to_the_second
from referral.refusals import RateLimited

SECOND = timedelta(seconds=1)


def test_an_instant_is_rounded_up_to_the_second(now):
    just_after = now + timedelta(microseconds=1)
    assert [up_to_the_second(each) for each in (now, just_after, now + SECOND)] == [
        now,
        now + SECOND,
        now + SECOND,
    ]


def test_a_refusal_does_not_tell_the_instant_to_the_microsecond(now):
    assert RateLimited(now + timedelta(microseconds=1)).retry_at == now + SECOND
