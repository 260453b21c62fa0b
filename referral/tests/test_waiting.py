"""An act that waited for a lock looks again, and undoes nothing that was done meanwhile."""

from datetime import timedelta
from functools import partial

import pytest

from referral import accounts, crypto, invites, sessions
from referral.client import UNKNOWN
from referral.models import PhoneSignIn, Referral, ReferralVoid, Session, User
from referral.models.phone_sign_in import decoy_of
from referral.people.users import lock_users
from referral.refusals import CodeExpired, DeliveryFailed, InviteNotFound
from referral.sign_in.delivery import deliver
from referral.sms.outcome import Outcome
from referral.tests.factories import add_decoys, new_number, new_session, new_user, row_of, sent_code, verify
from referral.tests.threads import behind

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("gone", ["inviter", "invitee"])
def test_an_account_erased_before_the_lock_takes_no_part_in_an_activation(now, gone):
    people = {"inviter": new_user(), "invitee": new_user()}

    def activate():
        return invites.activate(user=people["invitee"], code=people["inviter"].invite_code, now=now)

    with behind(lambda: lock_users(people[gone].id), [activate]) as (activated,):
        User.objects.filter(id=people[gone].id).update(phone=None, is_active=False)
    assert isinstance(activated.exception(), InviteNotFound)
    assert Referral.objects.count() == 0


def test_two_erasures_of_an_account_erase_it_once(now):
    user = new_user()
    number = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(user.phone)).phone_hash
    with behind(
        lambda: PhoneSignIn.objects.insert_or_lock(number), [lambda: accounts.erase(user.id)] * 2
    ) as erasures:
        pass
    assert sorted(erasure.result() for erasure in erasures) == [False, True]


def test_two_voids_of_a_referral_count_once(now):
    inviter, invitee, staff = new_user(), new_user(), new_user()
    invites.activate(user=invitee, code=inviter.invite_code, now=now)

    def void():
        return invites.void(invitee_id=invitee.id, reason="bought", staff=staff, now=now)

    with behind(lambda: lock_users(invitee.id), [void] * 2) as voids:
        pass
    assert sorted(each.result() for each in voids) == [False, True]
    inviter.refresh_from_db()
    assert (inviter.invited_count, ReferralVoid.objects.count()) == (0, 1)


def test_a_referral_replaced_before_the_lock_is_not_voided(now):
    first, second, invitee, staff = (new_user() for _ in range(4))
    invites.activate(user=invitee, code=first.invite_code, now=now)

    def void():
        return invites.void(invitee_id=invitee.id, reason="bought", staff=staff, now=now)

    with behind(lambda: lock_users(invitee.id), [void]) as (voided,):
        Referral.objects.update(inviter=second, code=second.invite_code)
    assert voided.result() is False
    assert (Referral.objects.get().inviter, ReferralVoid.objects.count()) == (second, 0)


def test_an_access_token_confirms_nothing_after_a_later_one_was_used(now):
    session, later = new_session(now=now), now + timedelta(seconds=1)
    Session.objects.filter(id=session.id).update(refresh_counter=2)
    authenticate = partial(sessions.authenticate, session_id=session.id, user_id=session.user_id, counter=2)
    with behind(
        lambda: Session.objects.select_for_update().get(),
        [lambda: authenticate(now=now)],
    ) as (authenticated,):
        Session.objects.update(refresh_counter=3, confirmed_counter=3, confirmed_at=later)
    assert authenticated.result() == session
    session.refresh_from_db()
    assert (session.confirmed_counter, session.confirmed_at) == (3, later)


def test_a_guess_made_while_a_send_is_given_back_stays_counted(gateway_in_memory, now):
    number = new_number()
    code = sent_code(number, now)
    row = row_of(number)
    gateway_in_memory.outcomes.append(Outcome.REFUSED)
    with behind(
        lambda: PhoneSignIn.objects.of_numbers().select_for_update().get(),
        [lambda: deliver(code, row=row, number=number, client=UNKNOWN, now=now)],
    ) as (delivered,):
        PhoneSignIn.objects.of_numbers().update(wrong_guesses=[now], consecutive_wrong_guesses=1)
    assert isinstance(delivered.exception(), DeliveryFailed)
    assert (row_of(number).wrong_guesses, row_of(number).sends) == ([now], [])


@pytest.mark.parametrize("asked", [True, False])
def test_a_guess_locks_a_row_whether_or_not_its_number_ever_asked_for_a_code(now, asked):
    add_decoys()
    number = new_number()
    phone_hash = crypto.phone_hash(number)
    row = PhoneSignIn.objects.create(phone_hash=phone_hash).pk if asked else decoy_of(phone_hash)
    with behind(
        lambda: PhoneSignIn.objects.select_for_update().get(pk=row),
        [lambda: verify(number, "1234", now)],
    ) as (verified,):
        assert not verified.done()
    assert isinstance(verified.exception(), CodeExpired)
