"""Under concurrent operations, referrals stay a forest and counts stay exact."""

from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from referral import accounts, invites
from referral.models import Referral, User
from referral.refusals import Refusal
from referral.tests.factories import NOON, new_user
from referral.tests.threads import at_once

CROWD = 5
PERSON = st.integers(0, CROWD - 1)
ACTS = st.one_of(
    st.tuples(st.just("activate"), PERSON, PERSON),
    st.tuples(st.just("activate"), PERSON, PERSON),  # twice as often as the others
    st.tuples(st.just("void"), PERSON),
    st.tuples(st.just("erase"), PERSON),
)


class Referrals(RuleBasedStateMachine):
    """A few users, on whom several operations run at the same time."""

    @initialize()
    def gather(self):
        self.staff = new_user()
        self.people = [new_user() for _ in range(CROWD)]
        self.everybody = list(self.people)

    @rule(acts=st.lists(ACTS, min_size=2, max_size=6))
    def happen(self, acts):
        answers = at_once([partial(getattr(self, name), *people) for name, *people in acts])
        exceptions = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(answer, Refusal) for answer in exceptions), exceptions

    @rule(person=PERSON)
    def replace_by_a_newcomer(self, person):
        self.people[person] = new_user()
        self.everybody.append(self.people[person])

    def activate(self, invitee, inviter):
        code = self.people[inviter].invite_code
        return invites.activate(user=self.people[invitee], code=code, now=NOON)

    def void(self, invitee):
        return invites.void(invitee_id=self.people[invitee].id, reason="chance", staff=self.staff, now=NOON)

    def erase(self, person):
        return accounts.erase(self.people[person].id)

    @invariant()
    def counts_are_exact(self):
        for user in User.objects.filter(id__in=[each.id for each in self.everybody]):
            assert user.invited_count == Referral.objects.filter(inviter=user).count()

    @invariant()
    def no_user_is_above_themselves(self):
        ids = [each.id for each in self.everybody]
        above = dict(Referral.objects.filter(invitee__in=ids).values_list("invitee", "inviter"))
        for invitee in above:
            seen, upper = {invitee}, above.get(invitee)
            while upper is not None:
                assert upper not in seen
                seen.add(upper)
                upper = above.get(upper)


@pytest.mark.django_db(transaction=True)
def test_random_acts_at_once_leave_a_forest_and_exact_counts():
    effort = settings(max_examples=40, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(Referrals, settings=effort)
