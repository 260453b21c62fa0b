"""Concurrent operations give exact counts, on the database of the test run."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from referral import accounts, invites, sessions
from referral.models import Referral, Session, User
from referral.people.users import get_or_create_user, lock_users
from referral.refusals import (
    CircularInvite,
    CodeExpired,
    InvalidRefreshToken,
    InviteAlreadyActivated,
    RateLimited,
    Refusal,
    WrongCode,
)
from referral.sessions import refresh_tokens
from referral.sign_in import SignedIn
from referral.tests.factories import new_number, new_session, new_user, row_of, sent_code, verify, wrong
from referral.tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gateway_in_memory")]


def kinds(answers):
    return Counter(type(answer) for answer in answers)


def test_sixteen_right_codes_make_one_session_and_one_user(now):
    number = new_number()
    code = sent_code(number, now)
    answers = at_once([lambda: verify(number, code, now)] * 16)
    assert kinds(answers) == {SignedIn: 1, CodeExpired: 15}
    assert (Session.objects.count(), User.objects.count()) == (1, 1)


def test_sixty_wrong_codes_are_five_guesses(now):
    number = new_number()
    code = sent_code(number, now)
    answers = at_once([lambda: verify(number, wrong(code), now)] * 60)
    assert kinds(answers) == {WrongCode: 5, CodeExpired: 55}
    left = sorted(answer.guesses_left for answer in answers if isinstance(answer, WrongCode))
    assert left == [0, 1, 2, 3, 4]
    assert len(row_of(number).wrong_guesses) == 5


def test_sixteen_requests_for_a_code_send_one_for_a_new_and_for_a_known_number(gateway_in_memory, now):
    number = new_number()
    for sends, instant in enumerate((now, now + timedelta(minutes=1)), start=1):
        answers = at_once([lambda: sent_code(number, instant)] * 16)
        assert kinds(answers) == {str: 1, RateLimited: 15}
        assert len(gateway_in_memory.outbox) == len(row_of(number).sends) == sends


def test_eight_first_sign_ins_make_one_user(now):
    number = new_number()
    answers = at_once([lambda: get_or_create_user(number, now)] * 8)
    user = User.objects.get()
    assert Counter(answers) == {(user, True): 1, (user, False): 7}


def test_a_first_sign_in_and_a_createsuperuser_make_one_user(now):
    for _ in range(10):
        number = new_number()
        code = sent_code(number, now)
        answers = at_once(
            [lambda: verify(number, code, now), lambda: User.objects.create_superuser(number, "password")]
        )
        assert isinstance(answers[0], SignedIn)
        assert User.objects.filter(phone=number).count() == 1


def test_sixteen_different_invites_make_one_referral(now):
    invitee = new_user()
    inviters = [new_user() for _ in range(16)]
    answers = at_once(
        [partial(invites.activate, user=invitee, code=inviter.invite_code, now=now) for inviter in inviters]
    )
    assert kinds(answers) == {User: 1, InviteAlreadyActivated: 15}
    referral = Referral.objects.get()
    assert {each.activated_code for each in answers if isinstance(each, InviteAlreadyActivated)} == {
        referral.code
    }
    counts = dict(User.objects.filter(invited_count__gt=0).values_list("id", "invited_count"))
    assert counts == {referral.inviter_id: 1}


@pytest.mark.postgresql  # SQLite has one lock for everything
def test_a_session_starts_while_its_user_is_locked(now):
    user = new_user()
    with transaction.atomic():
        lock_users(user.id)
        (session,) = at_once([lambda: new_session(user, now)])
    assert isinstance(session, Session)
    assert session.user == user


def test_sixteen_activations_of_one_invite_succeed_and_make_one_referral(now):
    invitee, inviter = new_user(), new_user()
    answers = at_once([lambda: invites.activate(user=invitee, code=inviter.invite_code, now=now)] * 16)
    assert kinds(answers) == {User: 16}
    inviter.refresh_from_db()
    assert (Referral.objects.count(), inviter.invited_count) == (1, 1)


def test_two_hundred_invitees_at_once_are_counted_two_hundred_times(now):
    inviter = new_user()
    people = [new_user() for _ in range(200)]
    answers = at_once(
        [partial(invites.activate, user=invitee, code=inviter.invite_code, now=now) for invitee in people],
        connected=False,
    )
    assert kinds(answers) == {User: 200}
    inviter.refresh_from_db()
    assert (Referral.objects.filter(inviter=inviter).count(), inviter.invited_count) == (200, 200)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_concurrent_activations_do_not_close_a_loop(now, size):
    for _ in range(50):
        people = [new_user() for _ in range(size)]
        answers = at_once(
            [
                partial(invites.activate, user=invitee, code=inviter.invite_code, now=now)
                for invitee, inviter in zip(people, people[1:] + people[:1], strict=True)
            ]
        )
        assert kinds(answers) == {User: size - 1, CircularInvite: 1}


def test_two_chains_joined_at_both_ends_at_once_do_not_close_a_loop(now):
    """The two joins lock different users, so only the lock on the forest serialises them."""
    for _ in range(50):
        upper, lower, above, below = (new_user() for _ in range(4))
        for invitee, inviter in ((lower, upper), (below, above)):
            invites.activate(user=invitee, code=inviter.invite_code, now=now)
        answers = at_once(
            [
                lambda: invites.activate(user=upper, code=below.invite_code, now=now),
                lambda: invites.activate(user=above, code=lower.invite_code, now=now),
            ]
        )
        assert kinds(answers) == {User: 1, CircularInvite: 1}


def test_erasing_does_not_deadlock_with_other_operations(now):
    for turn in range(100):
        later = now + timedelta(minutes=turn)
        number, inviter, invitee = new_number(), new_user(), new_user()
        user = verify(number, sent_code(number, later), later).session.user
        token = refresh_tokens.encode(new_session(user, later).id, 1)
        again = later + timedelta(minutes=1)
        code = sent_code(number, again)
        erased, *answers = at_once(
            [
                lambda: accounts.erase(user.id),
                lambda: verify(number, code, again, invite_code=inviter.invite_code),
                lambda: sessions.refresh(token=token, now=again),
                lambda: sessions.end_all(user_id=user.id, now=again),
                lambda: invites.activate(user=user, code=inviter.invite_code, now=again),
                lambda: invites.activate(user=invitee, code=user.invite_code, now=again),
            ]
        )
        assert erased is True
        assert not [answer for answer in answers if isinstance(answer, DatabaseError)]
        unexpected = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(answer, Refusal) for answer in unexpected), unexpected
        user.refresh_from_db()
        assert (user.phone, Session.objects.filter(user=user).count()) == (None, 0)
        for each in (inviter, user):
            each.refresh_from_db()
            assert each.invited_count == Referral.objects.filter(inviter=each).count()


def test_twenty_refreshes_of_one_token_give_one_next_token(now):
    session = new_session(now=now)
    token = refresh_tokens.encode(session.id, 1)
    answers = at_once([lambda: sessions.refresh(token=token, now=now)[1]] * 20)
    assert answers == [2] * 20
    session.refresh_from_db()
    assert session.refresh_counter == 2


def test_a_session_that_ends_while_it_is_refreshed_stays_ended(now):
    for _ in range(20):
        session = new_session(now=now)
        token = refresh_tokens.encode(session.id, 1)
        refreshes = [lambda: sessions.refresh(token=token, now=now)] * 4
        *_, ended = at_once([*refreshes, lambda: sessions.end_all(user_id=session.user_id, now=now)])
        assert ended == 1
        assert not sessions.live(session.user_id, now).exists()


def test_the_old_token_ends_the_session_a_minute_after_the_new_one_was_used(now):
    session = new_session(now=now)
    old = refresh_tokens.encode(session.id, 1)
    at_once([lambda: sessions.refresh(token=old, now=now)] * 20)
    authenticate = partial(sessions.authenticate, session_id=session.id, user_id=session.user_id, counter=2)
    at_once([lambda: authenticate(now=now)] * 8)
    later = now + timedelta(minutes=1)
    answers = at_once([lambda: sessions.refresh(token=old, now=later)] * 8)
    assert kinds(answers) == {InvalidRefreshToken: 8}
    assert authenticate(now=later) is None
