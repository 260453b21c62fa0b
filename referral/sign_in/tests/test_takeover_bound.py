"""The bound on account takeover: found by search, and checked against random attacks."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from referral.budgets.policy import DAY, HOUR, Policy
from referral.budgets.windows import Limit
from referral.checks import budgets
from referral.refusals import CodeExpired, RateLimited, WrongCode
from referral.sign_in.takeover_bound import best_attack
from referral.sms.gateway import gateways
from referral.sms.memory import MemoryGateway
from referral.tests.factories import NOON, code_in, new_number, sent_code, verify, wrong


@pytest.fixture
def policy(settings):
    """Changes the active policy."""

    def change(**changes):
        settings.SIGN_IN_POLICY = replace(Policy(), **changes)

    change()
    return change


def test_the_best_attack_on_the_defaults(policy):
    attack = best_attack()
    assert attack.guesses == {4: 5, 6: 5}
    assert attack.probability == pytest.approx(1 - (1 - 5e-4) * (1 - 5e-6), rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "guesses"),
    [
        ({"code_length": 6}, {6: 10}),
        ({"guesses_per_code": 1, "sends": (Limit(5, timedelta(hours=1)), Limit(7, DAY))}, {4: 5, 6: 2}),
        ({"guarded_from": 10}, {4: 10}),
        ({"wrong_guesses": Limit(3, DAY)}, {4: 3}),
        # A window of twelve hours fits twice into a day.
        ({"wrong_guesses": Limit(5, timedelta(hours=12)), "sends": (Limit(3, DAY),)}, {4: 10}),
    ],
)
def test_the_search_follows_the_policy(policy, changes, guesses):
    policy(**changes)
    assert best_attack().guesses == guesses


@pytest.mark.parametrize(("failed", "guesses"), [(95, {4: 5, 8: 5}), (100, {8: 10})])
def test_many_wrong_guesses_in_a_row_make_later_attacks_harder(policy, failed, guesses):
    assert best_attack(consecutive_wrong_guesses=failed).guesses == guesses


def test_the_command_prints_text_and_json(policy):
    people, programs = StringIO(), StringIO()
    call_command("takeover_bound", stdout=people)
    call_command("takeover_bound", "--json", stdout=programs)
    assert "0.0505% a day" in people.getvalue()
    bound = json.loads(programs.getvalue())
    assert bound["probability_per_day"] == pytest.approx(0.000505, rel=1e-4)
    assert bound["probability_per_year"] == pytest.approx(0.1684, rel=1e-3)
    assert bound["probability_per_year_undisturbed"] == pytest.approx(0.00507, rel=1e-2)
    assert bound["guesses_per_day"] == {"4": 5, "6": 5}
    assert bound["expected_takeovers_per_day"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"guarded_from": 19, "wrong_guesses": Limit(19, DAY)}, []),
        ({"guarded_from": 21, "wrong_guesses": Limit(21, DAY)}, ["referral.E005"]),
        ({"code_length": 3}, ["referral.E004"]),
        ({"code_length": 11}, ["referral.E004"]),
        ({"service_sends": -1}, ["referral.E004"]),
        ({"client_code_requests": Limit(0, HOUR)}, ["referral.E004"]),
        ({"network_wrong_guesses": Limit(0, HOUR)}, ["referral.E004"]),
        ({"guesses_per_code": 0}, ["referral.E004"]),
        ({"wrong_guesses": Limit(1000, DAY)}, ["referral.E004"]),
    ],
)
def test_a_policy_with_too_high_a_bound_is_refused(policy, changes, refused):
    policy(**changes)
    assert [error.id for error in budgets()] == refused


MOVES = st.sampled_from(
    [
        "ask",
        "guess",
        "guess",
        "guess",
        "a minute",
        "an hour",
        "to the end of the oldest guess",
        "just before it",
    ]
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@effort(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=50, max_size=150))
def test_no_order_of_moves_gets_more_guesses_in_any_day(gateway_in_memory, moves):
    gateway_in_memory.outbox.clear()
    number, now = new_number(), NOON
    guesses: list[tuple[datetime, int]] = []
    for move in moves:
        now = play(move, number, now, guesses)
    for last, _ in guesses:
        day = Counter(length for instant, length in guesses if last - DAY < instant <= last)
        assert day[4] <= 5
        assert day.total() <= 10


def play(move, number, now, guesses):
    """Make one move, and return the time after it. Adds an evaluated guess with its time and length."""
    match move:
        case "ask":
            ask(number, now)
        case "guess":
            guess(number, now, guesses)
        case "a minute":
            return now + timedelta(minutes=1)
        case "an hour":
            return now + timedelta(hours=1)
        case _ if guesses:
            exactly = [instant for instant, _ in guesses if instant + DAY > now][:1]
            early = timedelta(microseconds=1) if move == "just before it" else timedelta(0)
            return max([now, *(instant + DAY - early for instant in exactly)])
    return now


def ask(number, now):
    with suppress(RateLimited):
        sent_code(number, now)


def guess(number, now, guesses):
    (memory,) = gateways().values()
    assert isinstance(memory, MemoryGateway)
    if not memory.outbox:
        return
    code = code_in(memory.outbox[-1][1])
    with suppress(CodeExpired, RateLimited):
        try:
            verify(number, wrong(code), now)
        except WrongCode:
            guesses.append((now, len(code)))
