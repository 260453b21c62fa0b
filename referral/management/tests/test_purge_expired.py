"""Deleting what is over: in batches, past locked rows, and again after an interruption."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referral import crypto, sessions
from referral.events import Kind, record
from referral.management import purging
from referral.models import PhoneSignIn, ServiceDay, Session, SignInEvent
from referral.models.phone_sign_in import DECOYS
from referral.refusals import WrongCode
from referral.tests.factories import add_decoys, new_number, new_session, row_of, sent_code, verify, wrong
from referral.tests.threads import at_once, behind

LONG_AGO = datetime(2020, 3, 1, 12, tzinfo=UTC)
COMMAND = "referral.management.commands.purge_expired"


def old_events(count):
    for _ in range(count):
        record(Kind.CODE_SENT, phone=new_number(), now=LONG_AGO)


def old_sign_ins(count):
    return PhoneSignIn.objects.bulk_create(
        PhoneSignIn(phone_hash=crypto.phone_hash(new_number()), sends=[LONG_AGO]) for _ in range(count)
    )


def purge(**options):
    call_command("purge_expired", **options)


@pytest.mark.django_db
def test_the_purge_deletes_old_rows_that_are_not_needed(gateway_in_memory, capsys):
    now = timezone.now()
    old, recent, guessed = (new_number() for _ in range(3))
    long_ago = now - timedelta(days=91)
    kept = verify(recent, sent_code(recent, now), now).session
    gone = verify(old, sent_code(old, long_ago), long_ago).session
    sessions.end(session_id=gone.id, user_id=gone.user_id, now=long_ago)
    with pytest.raises(WrongCode):
        verify(guessed, wrong(sent_code(guessed, long_ago)), long_ago)
    call_command("purge_expired")
    assert capsys.readouterr().out == "Deleted: 5 events, 1 sessions, 1 sign-in rows, 1 service days.\n"
    assert set(SignInEvent.objects.values_list("phone", flat=True)) == {recent}
    assert set(Session.objects.all()) == {kept}
    assert set(PhoneSignIn.objects.of_numbers().all()) == {row_of(recent), row_of(guessed)}
    assert not ServiceDay.objects.exists()


@pytest.mark.django_db
def test_the_purge_keeps_rows_for_the_given_number_of_days(gateway_in_memory):
    sent_code(new_number(), timezone.now() - timedelta(days=20))
    call_command("purge_expired", "--days", "21")
    assert (SignInEvent.objects.count(), PhoneSignIn.objects.of_numbers().count()) == (1, 0)
    call_command("purge_expired", "--days", "19")
    assert SignInEvent.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("away", [timedelta(0), timedelta(minutes=4), timedelta(hours=23)])
def test_the_purge_keeps_the_row_of_a_number_that_is_signing_in(gateway_in_memory, away):
    number = new_number()
    sent_code(number, timezone.now() - away)
    before = PhoneSignIn.objects.of_numbers().values().get()
    call_command("purge_expired", "--days", "0")
    assert PhoneSignIn.objects.of_numbers().values().get() == before


@pytest.mark.django_db
def test_no_transaction_deletes_more_than_a_batch():
    old_events(5)
    record(Kind.CODE_SENT, phone=new_number(), now=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        purge(batch=2)
    deletes = [query for query in captured if query["sql"].startswith("DELETE")]
    assert (len(deletes), SignInEvent.objects.count()) == (3, 1)


@pytest.mark.django_db
def test_sessions_are_over_once_ended_or_expired():
    now = timezone.now()
    ended, idle, unended, live = (new_session(now=now - timedelta(days=119)) for _ in range(4))
    sessions.end(session_id=ended.id, user_id=ended.user_id, now=now - timedelta(days=91))
    Session.objects.filter(id=idle.id).update(last_used_at=now - timedelta(days=30 + 91))
    Session.objects.filter(id=live.id).update(last_used_at=now)
    purge(batch=1)
    assert set(Session.objects.all()) == {unended, live}


@pytest.mark.django_db
def test_decoys_are_kept():
    add_decoys()
    old_sign_ins(3)
    purge(batch=2)
    assert (PhoneSignIn.objects.count(), PhoneSignIn.objects.of_numbers().count()) == (DECOYS, 0)


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_purge_has_kept_what_it_did_and_the_next_one_goes_on(monkeypatch, capsys):
    def interrupt(seconds):
        raise KeyboardInterrupt

    old_events(5)
    monkeypatch.setattr(f"{COMMAND}.time.sleep", interrupt)
    with pytest.raises(CommandError) as stopped:
        purge(batch=2)
    monkeypatch.undo()
    assert stopped.value.returncode == 130
    assert "Deleted: 2 events, 0 sessions" in str(stopped.value)
    assert SignInEvent.objects.count() == 3
    purge(batch=2)
    assert capsys.readouterr().out.startswith("Deleted: 3 events, ")
    assert not SignInEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_purge_that_the_database_stops_fails_and_says_what_it_did(monkeypatch):
    def stopped_half_way(kind, size):
        yield next(purging.batches(kind, size))
        raise OperationalError("canceling statement due to statement timeout\n")

    monkeypatch.setattr(f"{COMMAND}.batches", stopped_half_way)
    old_events(5)
    with pytest.raises(CommandError, match=r"statement timeout\. Deleted: 2 events, 0 sessions") as stopped:
        purge(batch=2)
    assert stopped.value.returncode == 1
    assert SignInEvent.objects.count() == 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_locked_rows_are_left_to_the_next_run_and_not_waited_for(capsys):
    locked, *_ = old_sign_ins(4)
    lock = PhoneSignIn.objects.select_for_update().filter(pk=locked.pk)
    with behind(lock.get, [lambda: purge(batch=2)]) as (purged,):
        purged.result(timeout=30)
    assert capsys.readouterr().out == (
        "Deleted: 0 events, 0 sessions, 3 sign-in rows, 0 service days. "
        "Left to the next run, because they were in use: 1 rows.\n"
    )
    assert list(PhoneSignIn.objects.of_numbers().all()) == [locked]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_purge_reads_a_row_again_once_it_has_locked_it(monkeypatch):
    def used_meanwhile(kind, over):
        PhoneSignIn.objects.filter(pk__in=over).update(sends=[timezone.now()])
        return delete(kind, over)

    delete = purging._delete
    monkeypatch.setattr(purging, "_delete", used_meanwhile)
    old_sign_ins(1)
    purge()
    assert PhoneSignIn.objects.of_numbers().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_purges_at_once_delete_everything_once(capsys):
    old_events(20)
    old_sign_ins(20)
    assert at_once([lambda: purge(batch=3)] * 2) == [None, None]
    deleted = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [sum(int(words[at]) for words in deleted) for at in (1, 5)] == [20, 20]
    assert not SignInEvent.objects.exists()
    assert not PhoneSignIn.objects.of_numbers().exists()


@pytest.mark.parametrize(
    "options", [["--days", "-1"], ["--days", "36501"], ["--batch", "0"], ["--batch", "x"]]
)
def test_a_number_out_of_its_bounds_is_refused(options):
    with pytest.raises(CommandError, match="is not between"):
        call_command("purge_expired", *options)
