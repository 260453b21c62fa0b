from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from referral import crypto, sign_in
from referral.models import PhoneSignIn
from referral.sign_in import codes
from referral.sign_in.codes import Verdict
from referral.tests.factories import minutes, wrong

NUMBER = "+79110000001"
OTHER_NUMBER = "+79110000002"
HOURS = timedelta(hours=1)


@pytest.fixture
def row():
    return PhoneSignIn(phone_hash="0" * 64)


def guess_wrong(row, code, now, times):
    for _ in range(times):
        assert codes.judge(row, NUMBER, wrong(code), now) is Verdict.WRONG
        codes.count_wrong_guess(row, now)


def test_a_code_has_four_digits_and_lives_five_minutes(row, now):
    code = codes.issue(row, NUMBER, now)
    assert len(code) == row.code_length == 4
    last_moment = now + minutes(5) - timedelta(microseconds=1)
    assert codes.judge(row, NUMBER, code, last_moment) is Verdict.RIGHT
    assert codes.judge(row, NUMBER, code, now + minutes(5)) is Verdict.EXPIRED


def test_the_same_code_is_stored_differently_for_each_send(row, now, monkeypatch):
    monkeypatch.setattr(crypto, "random_text", lambda alphabet, length: "1234")
    stored = set()
    for _ in range(10):
        assert codes.issue(row, NUMBER, now) == "1234"
        stored |= {row.code_mac, row.code_salt}
    assert len(stored) == 20
    assert {len(text) for text in stored} == {64, 32}


def test_a_code_is_wrong_for_another_number(row, now):
    code = codes.issue(row, NUMBER, now)
    assert codes.judge(row, OTHER_NUMBER, code, now) is Verdict.WRONG


def test_a_code_of_another_length_is_no_guess(row, now):
    codes.issue(row, NUMBER, now)
    assert codes.judge(row, NUMBER, "12345", now) is Verdict.WRONG_LENGTH


def test_without_a_code_every_text_is_expired(row, now):
    assert codes.judge(row, NUMBER, "1234", now) is Verdict.EXPIRED
    assert codes.guesses_left(row, now) == 0


def test_the_fifth_wrong_guess_ends_four_digits_for_a_day(row, now):
    code = codes.issue(row, NUMBER, now)
    guess_wrong(row, code, now, 5)
    assert codes.judge(row, NUMBER, code, now) is Verdict.EXPIRED
    assert codes.required_length(row, now + 24 * HOURS - timedelta(microseconds=1)) == 6
    assert codes.required_length(row, now + 24 * HOURS) == 4


def test_a_second_code_does_not_allow_more_than_five_guesses_at_four_digits(row, now):
    guess_wrong(row, codes.issue(row, NUMBER, now), now, 4)
    later = now + minutes(1)
    code = codes.issue(row, NUMBER, later)
    assert len(code) == 4
    assert codes.guesses_left(row, later) == 1
    guess_wrong(row, code, later, 1)
    assert codes.judge(row, NUMBER, code, later) is Verdict.EXPIRED


def test_ten_wrong_guesses_end_guessing_until_the_first_is_a_day_old(row, now):
    guess_wrong(row, codes.issue(row, NUMBER, now), now, 5)
    later = now + minutes(1)
    code = codes.issue(row, NUMBER, later)
    assert len(code) == 6
    assert codes.guesses_left(row, later) == 5
    guess_wrong(row, code, later, 5)
    assert codes.guess_waits(row, later) == [(now + 24 * HOURS, "guesses a day")]
    assert codes.next_send_at(row, later) == now + 24 * HOURS


def test_a_code_allows_no_more_guesses_than_the_day_has_left(row, now):
    row.wrong_guesses = [now - 23 * HOURS] * 5 + [now - HOURS] * 3
    assert len(codes.issue(row, NUMBER, now)) == 6
    assert codes.guesses_left(row, now) == 2


def test_a_hundred_consecutive_wrong_guesses_require_eight_digits_until_the_owner_signs_in(row, now):
    row.consecutive_wrong_guesses = 99
    code = codes.issue(row, NUMBER, now)
    assert codes.guesses_left(row, now) == 1
    guess_wrong(row, code, now, 1)
    assert codes.judge(row, NUMBER, code, now) is Verdict.EXPIRED
    much_later = now + 1000 * HOURS
    assert len(codes.issue(row, NUMBER, much_later)) == 8
    codes.use_up(row)
    assert codes.required_length(row, much_later) == 4


def test_a_success_uses_up_the_code_but_keeps_the_wrong_guesses_counted(row, now):
    code = codes.issue(row, NUMBER, now)
    guess_wrong(row, code, now, 2)
    codes.use_up(row)
    assert codes.judge(row, NUMBER, code, now) is Verdict.EXPIRED
    assert (row.consecutive_wrong_guesses, row.wrong_guesses) == (0, [now, now])


def test_a_new_code_replaces_the_old_one(row, now):
    old = codes.issue(row, NUMBER, now)
    new = codes.issue(row, NUMBER, now)
    while new == old:
        new = codes.issue(row, NUMBER, now)
    assert codes.judge(row, NUMBER, old, now) is Verdict.WRONG
    assert codes.judge(row, NUMBER, new, now) is Verdict.RIGHT


def test_sends_are_a_minute_apart_and_five_an_hour(row, now):
    for minute in range(5):
        instant = now + minutes(minute)
        assert codes.next_send_at(row, instant) is None
        codes.issue(row, NUMBER, instant)
        next_send_at = now + HOURS if minute == 4 else instant + minutes(1)
        assert codes.next_send_at(row, instant) == next_send_at


def test_sends_are_ten_a_day(row, now):
    for tenth in range(10):
        codes.issue(row, NUMBER, now + tenth * HOURS)
    assert codes.next_send_at(row, now + 10 * HOURS) == now + 24 * HOURS
    assert len(row.sends) == 10


def test_a_refused_send_is_given_back_only_three_times_an_hour(row, now):
    for _ in range(3):
        codes.issue(row, NUMBER, now)
        codes.give_back_send(row, refused=True, now=now)
        assert (row.sends, row.code_mac) == ([], None)
        assert codes.next_send_at(row, now) is None
    codes.issue(row, NUMBER, now)
    codes.give_back_send(row, refused=True, now=now)
    assert (row.sends, row.code_mac) == ([now], None)
    assert codes.next_send_at(row, now) is None


def test_a_send_with_an_unknown_outcome_stays_counted_and_its_code_valid(row, now):
    code = codes.issue(row, NUMBER, now)
    codes.give_back_send(row, refused=False, now=now)
    assert row.sends == [now]
    assert codes.next_send_at(row, now) is None
    assert codes.judge(row, NUMBER, code, now) is Verdict.RIGHT
    codes.issue(row, NUMBER, now)
    assert codes.next_send_at(row, now) == now + minutes(1)


def test_a_refused_send_gives_back_itself_and_not_an_earlier_one(row, now):
    later = now + minutes(1)
    for instant in (now, later):
        codes.issue(row, NUMBER, instant)
    codes.give_back_send(row, refused=True, now=later)
    assert row.sends == [now]


@pytest.mark.django_db
def test_an_unlocked_number_is_as_a_new_one_of_an_invitee(now):
    before = PhoneSignIn(phone_hash=crypto.phone_hash(NUMBER), was_invitee=True)
    row = PhoneSignIn(
        phone_hash=before.phone_hash,
        was_invitee=True,
        sends=[now],
        sends_given_back=[now],
        wrong_guesses=[now],
        consecutive_wrong_guesses=1,
        cooldown_waived=True,
    )
    codes.put(row, NUMBER, "1234", now)
    row.code_wrong_guesses = 1
    row.save()
    sign_in.unlock(phone=NUMBER, now=now)
    row.refresh_from_db()
    assert model_to_dict(row) == model_to_dict(before)


@pytest.mark.parametrize("instants", ["sends", "sends_given_back", "wrong_guesses"])
def test_a_row_is_kept_while_an_instant_in_it_may_count(row, now, instants):
    setattr(row, instants, [now])
    assert not codes.can_be_deleted(row, now + 24 * HOURS - timedelta(microseconds=1))
    assert codes.can_be_deleted(row, now + 24 * HOURS)


@pytest.mark.parametrize("fact", ["consecutive_wrong_guesses", "was_invitee"])
def test_a_row_is_kept_for_what_time_does_not_change(row, now, fact):
    assert codes.can_be_deleted(row, now)
    setattr(row, fact, 1)
    assert not codes.can_be_deleted(row, now)


def test_a_row_is_kept_while_a_code_is_live_that_was_never_sent(row, now):
    codes.put(row, NUMBER, "31415926", now)
    assert not codes.can_be_deleted(row, now + minutes(5) - timedelta(microseconds=1))
    assert codes.can_be_deleted(row, now + minutes(5))
