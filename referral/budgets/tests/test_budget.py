from datetime import timedelta

import pytest

from referral.budgets.budget import Budget, charged, reserved, spend
from referral.budgets.windows import Limit
from referral.refusals import CodeExpired, RateLimited, WrongCode
from referral.tests.threads import at_once

pytestmark = pytest.mark.usefixtures("fresh_budgets")

HOUR = timedelta(hours=1)
FIRST, SECOND = (Budget("test", Limit(2, HOUR), whose) for whose in ("first", "second"))


def left(budget):
    """How many events still fit. Uses them up."""
    for spent in range(10):
        try:
            budget.spend()
        except RateLimited:
            return spent
    return None


def test_an_event_is_charged_to_every_budget_or_to_none():
    SECOND.spend()
    SECOND.spend()
    with pytest.raises(RateLimited):
        spend(FIRST, SECOND)
    assert left(FIRST) == 2


def test_a_budget_is_given_back_unless_the_block_raises_what_it_is_charged_for():
    with charged(FIRST, SECOND, for_=WrongCode):
        pass
    with pytest.raises(CodeExpired), charged(FIRST, SECOND, for_=WrongCode):
        raise CodeExpired
    with pytest.raises(WrongCode), charged(FIRST, SECOND, for_=WrongCode):
        raise WrongCode(1)
    assert (left(FIRST), left(SECOND)) == (1, 1)


def test_a_reservation_says_that_a_budget_is_used_up_and_spends_nothing():
    SECOND.spend()
    SECOND.spend()
    with reserved(FIRST, SECOND) as reservation:
        assert isinstance(reservation.refused, RateLimited)
    assert left(FIRST) == 2


def test_a_budget_without_an_owner_is_unlimited():
    nobody = Budget("test", Limit(1, HOUR), None)
    with charged(nobody, nobody, for_=WrongCode):
        pass
    assert left(nobody) is None


def test_of_four_hundred_events_at_once_no_more_are_looked_at_than_fit():
    budget = Budget("test", Limit(30, HOUR), "crowd")
    looked_at = []

    def guess():
        with charged(budget, for_=WrongCode):
            looked_at.append(1)
            raise WrongCode(0)

    answers = at_once([guess] * 400, connected=False)
    assert len(looked_at) == len([each for each in answers if isinstance(each, WrongCode)]) == 30
    assert len([each for each in answers if isinstance(each, RateLimited)]) == 370
