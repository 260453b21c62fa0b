from itertools import pairwise

import pytest

from referral import accounts, invites
from referral.accounts import visibility
from referral.tests.factories import new_number, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(now):
    """Four users, each invited by the one before. The second is the viewer."""
    people = [new_user() for _ in range(4)]
    for inviter, invitee in pairwise(people):
        invites.activate(user=invitee, code=inviter.invite_code, now=now)
    return people


def test_only_the_viewer_their_inviter_and_their_invitees_are_visible(people):
    above, viewer, below, further_below = people
    for user in (above, viewer, below):
        assert visibility.visible_to(viewer, user.phone.replace("+7", "8")) == user
    for phone in (further_below.phone, new_user().phone, new_number(), "", "not a number", "\x00"):
        assert visibility.visible_to(viewer, phone) is None


def test_unknown_unlinked_and_erased_numbers_take_the_same_statement(people, django_assert_num_queries):
    _, viewer, below, further_below = people
    erased = below.phone
    accounts.erase(below.id)
    statements = set()
    for phone in (further_below.phone, new_number(), erased):
        with django_assert_num_queries(1) as asked:
            assert visibility.visible_to(viewer, phone) is None
        statements.add(asked.captured_queries[0]["sql"].replace(phone, "?"))
    assert len(statements) == 1
