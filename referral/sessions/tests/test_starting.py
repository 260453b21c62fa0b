from datetime import timedelta

import pytest
from django.db import connection, transaction

from referral import crypto, sessions, sign_in
from referral.events import Kind
from referral.models import PhoneSignIn, Session, SignInEvent
from referral.people.users import get_or_create_user
from referral.sessions.lifetime import unexpired
from referral.sessions.starting import ENDED_AT_ONCE, MOST_LIVE
from referral.tests.factories import CLIENT, code_in, new_number, new_session, new_user, verify
from referral.tests.threads import at_once

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def with_sessions(user, count, now):
    """Sessions of a user, a second apart, the newest first."""
    return Session.objects.bulk_create(
        Session(user=user, created_at=now - n * SECOND, last_used_at=now, confirmed_at=now)
        for n in range(1, count + 1)
    )


def live(user, now):
    return set(sessions.live(user.id, now))


def ended_events(user):
    return SignInEvent.objects.filter(kind=Kind.SESSION_ENDED, phone=user.phone)


def test_one_session_too_many_ends_the_oldest(now):
    user, other = new_user(), new_session(now=now - DAY)
    *newer, oldest = with_sessions(user, MOST_LIVE, now)
    session = new_session(user, now)
    assert live(user, now) == {session, *newer}
    oldest.refresh_from_db()
    assert oldest.ended_at == now
    event = ended_events(user).get()
    assert (event.created_at, event.ip_address) == (now, CLIENT.address)
    assert live(other.user, now) == {other}


def test_the_last_session_that_has_a_place_ends_none(now):
    user = new_user()
    with_sessions(user, MOST_LIVE - 1, now)
    new_session(user, now)
    assert len(live(user, now)) == MOST_LIVE
    assert not ended_events(user).exists()


def test_sessions_that_are_over_take_no_place(now):
    user = new_user()
    over = with_sessions(user, 3, now)
    Session.objects.filter(id=over[0].id).update(ended_at=now)
    Session.objects.filter(id=over[1].id).update(last_used_at=now - 30 * DAY)
    Session.objects.filter(id=over[2].id).update(created_at=now - 365 * DAY)
    with_sessions(user, MOST_LIVE - 1, now - DAY)
    new_session(user, now)
    assert len(live(user, now)) == MOST_LIVE
    assert not ended_events(user).exists()


def test_sessions_from_before_the_limit_end_in_portions(now):
    user = new_user()
    with_sessions(user, MOST_LIVE + ENDED_AT_ONCE + 50, now)
    counts = []
    for _ in range(3):
        new_session(user, now)
        counts.append((len(live(user, now)), ended_events(user).count()))
    assert counts == [(151, 100), (100, 152), (100, 153)]


def test_a_session_that_ends_none_takes_two_statements(now, django_assert_num_queries):
    user = new_user()
    with django_assert_num_queries(2):  # the sessions that leave no place, insert
        new_session(user, now)


@pytest.mark.parametrize("is_test", [False, True])
def test_a_sign_in_ends_the_oldest_session(gateway_in_memory, settings, now, is_test):
    number = new_number()
    settings.TEST_NUMBERS = [f"{number}:31415926:9999-12-31"] if is_test else []
    user, _ = get_or_create_user(number, now)
    *newer, _ = with_sessions(user, MOST_LIVE, now)
    sign_in.request_code(phone=number, now=now)
    code = "31415926" if is_test else code_in(gateway_in_memory.outbox[-1][1])
    signed_in = verify(number, code, now)
    assert live(user, now) == {signed_in.session, *newer}
    assert ended_events(user).count() == 1


@pytest.mark.postgresql
def test_the_statement_uses_an_index(now):
    user = new_user()
    with_sessions(user, 2000, now)
    sessions.end_all(user_id=user.id, now=now)
    with_sessions(user, MOST_LIVE, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE referral_session; SET LOCAL enable_seqscan = off")  # all rows are this user's
    plan = unexpired(user.id, now - DAY, now - DAY)[MOST_LIVE:].explain()
    assert "Index Scan" in plan


@pytest.mark.django_db(transaction=True)
def test_twenty_sign_ins_at_once_leave_a_hundred_sessions(now):
    user = new_user()
    with_sessions(user, MOST_LIVE - 5, now)

    def start():
        with transaction.atomic():
            PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(user.phone))
            return sessions.start(user=user, client=CLIENT, now=now)

    started = at_once([start] * 20)
    assert {type(each) for each in started} == {Session}
    assert len(live(user, now)) == MOST_LIVE
    assert live(user, now) >= set(started)
    assert ended_events(user).count() == 15


@pytest.mark.django_db(transaction=True)
def test_sign_ins_and_ends_at_once_leave_exact_counts(now):
    user = new_user()
    old = with_sessions(user, MOST_LIVE, now)

    def start():
        with transaction.atomic():
            PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(user.phone))
            sessions.start(user=user, client=CLIENT, now=now)
        return 0

    def end(session):
        return lambda: sessions.end(session_id=session.id, user_id=user.id, now=now)

    answers = at_once([start] * 8 + [end(session) for session in old[-8:]])
    assert {type(each) for each in answers} == {int}
    ended = Session.objects.filter(user=user, ended_at=now).count()
    assert ended == ended_events(user).count() >= 8
    assert len(live(user, now)) == MOST_LIVE + 8 - ended <= MOST_LIVE
