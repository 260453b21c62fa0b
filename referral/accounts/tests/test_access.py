"""Disabling, enabling and changing the rank of an account."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from referral import accounts, sessions
from referral.models import Session, SignInEvent, User
from referral.refusals import CodeExpired, InvalidRefreshToken
from referral.sessions import refresh_tokens
from referral.sign_in import SignedIn
from referral.tests.factories import new_number, new_session, new_user, sent_code, verify
from referral.tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gateway_in_memory")]


def ended(user):
    return SignInEvent.objects.filter(phone=user.phone, kind=SignInEvent.Kind.SESSION_ENDED).count()


def test_a_disabled_user_cannot_sign_in_refresh_or_use_a_session_until_enabled(now):
    user = new_user()
    session = new_session(user, now)
    code, token = sent_code(user.phone, now), refresh_tokens.encode(session.id, 1)
    assert accounts.disable(user.id, now=now)
    with pytest.raises(CodeExpired):
        verify(user.phone, code, now)
    assert accounts.enable(user.id)
    with pytest.raises(InvalidRefreshToken):
        sessions.refresh(token=token, now=now)
    assert sessions.authenticate(session_id=session.id, user_id=user.id, counter=1, now=now) is None
    assert ended(user) == 1
    later = now + timedelta(minutes=1)
    assert isinstance(verify(user.phone, sent_code(user.phone, later), later), SignedIn)


def test_an_erased_or_unknown_account_has_no_access_to_change(now):
    user = new_user()
    accounts.erase(user.id)
    for id_ in (user.id, new_session().id):
        assert not accounts.disable(id_, now=now)
        assert not accounts.enable(id_)
        assert not accounts.set_rank(id_, is_staff=True, is_superuser=True)
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (False, False, False)


def test_sign_ins_while_a_user_is_disabled_leave_no_session(now):
    """Whichever is first, no session is live after the user is enabled again, and each end is recorded."""
    for turn in range(30):
        later = now + timedelta(minutes=turn)
        user = new_user()
        tokens = [refresh_tokens.encode(new_session(user, later).id, 1) for _ in range(3)]
        code = sent_code(user.phone, later)
        sign_in: Callable[[], object] = partial(verify, user.phone, code, later)
        disable: Callable[[], object] = partial(accounts.disable, user.id, now=later)
        refreshes: list[Callable[[], object]] = [
            partial(sessions.refresh, token=token, now=later) for token in tokens
        ]
        first, *answers = at_once([sign_in, disable, disable, *refreshes])
        assert answers[:2] == [True, True]
        assert all(isinstance(each, tuple | InvalidRefreshToken) for each in answers[2:])
        assert isinstance(first, SignedIn | CodeExpired)
        assert accounts.enable(user.id)
        assert not Session.objects.filter(user=user, ended_at=None).exists()
        assert ended(user) == Session.objects.filter(user=user).count() == 3 + isinstance(first, SignedIn)


def test_disabling_erasing_and_changing_the_rank_at_once_do_not_deadlock(now):
    for _ in range(30):
        user = new_user()
        new_session(user, now)
        answers = at_once(
            [
                lambda: accounts.erase(user.id),
                lambda: accounts.disable(user.id, now=now),
                lambda: accounts.enable(user.id),
                lambda: accounts.set_rank(user.id, is_staff=True, is_superuser=False),
                lambda: sessions.end_all(user_id=user.id, now=now),
            ]
        )
        assert answers[0] is True
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        user.refresh_from_db()
        assert (user.phone, user.is_active, user.is_staff) == (None, False, False)


def test_one_of_two_passwords_set_at_once_is_saved():
    user = User.objects.create_superuser(new_number(), "the first password")
    copies = [User.objects.get(id=user.id) for _ in range(4)]
    for number, copy in enumerate(copies):
        copy.set_password(f"password {number}")
    answers = at_once([partial(accounts.replace_password, copy, user.password) for copy in copies])
    assert Counter(answers) == {True: 1, False: 3}
    user.refresh_from_db()
    assert user.password == copies[answers.index(True)].password
