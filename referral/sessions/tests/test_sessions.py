from datetime import timedelta
from uuid import uuid4

import pytest

from referral import sessions
from referral.models import Session, User
from referral.refusals import InvalidRefreshToken
from referral.sessions import refresh_tokens
from referral.tests.factories import new_session, new_user

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def refresh(session, counter, now):
    """Refresh, and return the counter for the new tokens."""
    return sessions.refresh(token=refresh_tokens.encode(session.id, counter), now=now)[1]


def authenticate(session, counter, now):
    return sessions.authenticate(session_id=session.id, user_id=session.user_id, counter=counter, now=now)


def is_live(session):
    return Session.objects.filter(id=session.id, ended_at=None).exists()


def test_authentication_loads_session_and_user_in_one_statement(now, django_assert_num_queries):
    session = new_session(now=now)
    with django_assert_num_queries(1):
        found = authenticate(session, 1, now)
        assert found.user.phone == session.user.phone
    assert found == session


def test_only_the_active_user_of_the_session_is_authenticated(now):
    session = new_session(now=now)
    for session_id, user_id in ((uuid4(), session.user_id), (session.id, new_user().id)):
        assert sessions.authenticate(session_id=session_id, user_id=user_id, counter=1, now=now) is None
    User.objects.filter(id=session.user_id).update(is_active=False)
    assert authenticate(session, 1, now) is None
    User.objects.filter(id=session.user_id).update(phone=None)
    assert authenticate(session, 1, now) is None


def test_a_refresh_rotates_the_token_and_moves_last_used(now):
    session = new_session(now=now)
    assert refresh(session, 1, now + SECOND) == 2
    session.refresh_from_db()
    assert (session.refresh_counter, session.last_used_at) == (2, now + SECOND)
    assert refresh(session, 2, now + 2 * SECOND) == 3


def test_a_repeated_token_gets_the_same_next_one_until_the_next_one_is_used(now):
    session = new_session(now=now)
    assert refresh(session, 1, now) == 2
    assert refresh(session, 1, now + 20 * DAY) == 2
    assert is_live(session)


@pytest.mark.parametrize("use", [authenticate, refresh])
def test_a_token_works_for_thirty_seconds_after_its_successor_is_used(now, use):
    session = new_session(now=now)
    refresh(session, 1, now)
    used = now + DAY
    use(session, 2, used)
    assert refresh(session, 1, used + 29 * SECOND) == 2
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 1, used + 30 * SECOND)
    assert not is_live(session)


def test_a_rotation_does_not_make_an_older_token_valid_again(now):
    session = new_session(now=now)
    refresh(session, 1, now)
    authenticate(session, 2, now)
    refresh(session, 2, now + 60 * SECOND)
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 1, now + 61 * SECOND)
    assert not is_live(session)


def test_two_tabs_can_refresh_with_one_token_at_almost_the_same_time(now):
    session = new_session(now=now)
    refresh(session, 1, now)
    refresh(session, 2, now + SECOND)
    assert refresh(session, 1, now + 2 * SECOND) == 2
    assert refresh(session, 2, now + 3 * SECOND) == 3


def test_an_old_token_ends_the_session(now):
    session = new_session(now=now)
    for counter in (1, 2, 3):
        refresh(session, counter, now)
    for counter in (1, 4):
        with pytest.raises(InvalidRefreshToken):
            refresh(session, counter, now + 60 * SECOND)
    assert authenticate(session, 4, now) is None


def test_the_first_use_of_a_rotation_is_saved_once(now, django_assert_num_queries):
    session = new_session(now=now)
    refresh(session, 1, now)
    with django_assert_num_queries(1):
        authenticate(session, 1, now)
    with django_assert_num_queries(2):
        authenticate(session, 2, now)
    with django_assert_num_queries(1):
        authenticate(session, 2, now)


def test_a_session_idle_for_thirty_days_expires(now):
    session = new_session(now=now)
    assert refresh(session, 1, now + 30 * DAY - SECOND) == 2
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 2, now + 60 * DAY)
    assert list(sessions.live(session.user_id, now + 60 * DAY)) == []


def test_no_session_lasts_longer_than_a_year(now):
    session = new_session(now=now)
    for month in range(1, 13):
        refresh(session, month, now + month * 29 * DAY)
    session.refresh_from_db()
    assert sessions.expires_at(session) == now + 365 * DAY
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 13, now + 365 * DAY)
    assert list(sessions.live(session.user_id, now + 365 * DAY - SECOND)) == [session]
    assert list(sessions.live(session.user_id, now + 365 * DAY)) == []


def test_ending_a_session_ends_only_that_one(now):
    user = new_user()
    one, two = new_session(user, now), new_session(user, now + SECOND)
    assert [session.id for session in sessions.live(user.id, now + SECOND)] == [two.id, one.id]
    assert sessions.end(session_id=one.id, user_id=user.id, now=now) == 1
    assert sessions.end(session_id=one.id, user_id=user.id, now=now) == 0
    assert authenticate(one, 1, now) is None
    with pytest.raises(InvalidRefreshToken):
        refresh(one, 1, now)
    assert authenticate(two, 1, now) == two


def test_a_user_cannot_end_another_users_session(now):
    session = new_session(now=now)
    assert sessions.end(session_id=session.id, user_id=new_user().id, now=now) == 0
    assert is_live(session)


def test_ending_all_sessions_of_a_user_keeps_those_of_other_users(now):
    user, other = new_user(), new_session(now=now)
    new_session(user, now)
    new_session(user, now)
    assert sessions.end_all(user_id=user.id, now=now) == 2
    assert sessions.end_all(user_id=user.id, now=now) == 0
    assert is_live(other)


def test_a_disabled_user_cannot_refresh(now):
    session = new_session(now=now)
    User.objects.filter(id=session.user_id).update(is_active=False)
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 1, now)


def test_a_counter_from_the_future_is_refused_and_changes_nothing(now):
    session = new_session(now=now)  # as after restoring an older backup of the database
    with pytest.raises(InvalidRefreshToken):
        refresh(session, 7, now)
    assert is_live(session)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "::", "é", "\ud800", "\x00", "1" * 100_000])
def test_a_text_that_is_not_a_token_is_refused(now, token):
    with pytest.raises(InvalidRefreshToken):
        sessions.refresh(token=token, now=now)


def test_a_token_cannot_be_edited(now):
    token = refresh_tokens.encode(new_session(now=now).id, 1)
    with pytest.raises(InvalidRefreshToken):
        sessions.refresh(token=token.replace(":1:", ":2:"), now=now)


def test_tokens_of_an_old_secret_key_are_valid_while_it_is_a_fallback(now, settings):
    session = new_session(now=now)
    token = refresh_tokens.encode(session.id, 1)
    settings.SECRET_KEY, old = "another key of more than thirty-two bytes", settings.SECRET_KEY
    with pytest.raises(InvalidRefreshToken):
        sessions.refresh(token=token, now=now)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sessions.refresh(token=token, now=now) == (session, 2)


def test_a_session_is_live_until_the_moment_it_expires(now):
    session = new_session(now=now)
    expires_at = sessions.expires_at(session)
    assert list(sessions.live(session.user_id, expires_at - timedelta(microseconds=1))) == [session]
    assert list(sessions.live(session.user_id, expires_at)) == []


def test_an_access_token_from_the_future_confirms_nothing(now):
    session = new_session(now=now)  # as after a database was restored from an older copy
    assert authenticate(session, 7, now) == session
    session.refresh_from_db()
    assert (session.refresh_counter, session.confirmed_counter) == (1, 1)
