from datetime import datetime, timedelta

from referral.budgets.windows import Limit, recent, remember, retry_at

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_below_the_limit_there_is_no_wait(now):
    assert retry_at([], Limit(1, HOUR), now) is None
    assert retry_at([now], Limit(2, HOUR), now) is None


def test_at_the_limit_the_wait_ends_when_the_oldest_counted_event_leaves_the_window(now):
    instants = [now - 50 * MINUTE, now - 20 * MINUTE, now - 10 * MINUTE]
    assert retry_at(instants, Limit(3, HOUR), now) == now + 10 * MINUTE
    assert retry_at(instants, Limit(2, HOUR), now) == now + 40 * MINUTE


def test_an_event_leaves_the_window_exactly_at_its_end(now):
    assert retry_at([now - HOUR], Limit(1, HOUR), now) is None
    assert recent([now - HOUR], HOUR, now) == 0
    just_within = now - HOUR + timedelta(microseconds=1)
    assert retry_at([just_within], Limit(1, HOUR), now) == just_within + HOUR
    assert recent([just_within], HOUR, now) == 1


def test_only_as_many_events_as_the_largest_limit_needs_are_remembered(now):
    instants: list[datetime] = []
    for minute in range(5):
        instants = remember(instants, now + minute * MINUTE, [Limit(1, MINUTE), Limit(3, HOUR)])
    assert instants == [now + 2 * MINUTE, now + 3 * MINUTE, now + 4 * MINUTE]


def test_instants_stay_in_order_if_the_clock_was_read_earlier(now):
    instants = remember([now, now + MINUTE], now - MINUTE, [Limit(3, HOUR)])
    assert instants == [now - MINUTE, now, now + MINUTE]
