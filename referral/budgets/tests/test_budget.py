from datetime import timedelta

import pytest

from referral.budgets import rate_limits
from referral.budgets.budget import Budget, charge, refusal
from referral.budgets.windows import Limit
from referral.refusals import RateLimited


@pytest.fixture(autouse=True)
def fresh_budgets():
    rate_limits._limiters.clear()


def test_an_event_is_charged_to_every_budget_though_the_first_is_used_up():
    first, second = (Budget("test", Limit(1, timedelta(hours=1)), whose) for whose in ("a", "b"))
    first.spend()
    charge(first, second)
    assert isinstance(refusal(second), RateLimited)
