import gc
import time
from threading import Barrier

import psycopg2
import pytest
from django.db import OperationalError, connection

from referral.tests.growth import samples
from referral.tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def others():
    """The other connections to this database, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchall()


def kill_others():
    with connection.cursor() as cursor:
        cursor.executemany("SELECT pg_terminate_backend(%s, 5000)", others())


@pytest.fixture
def all_closed(empty_pool):
    """PostgreSQL takes a moment to notice connections that were closed: wait until it has."""
    gc.collect()
    deadline = time.monotonic() + 10
    while others() and time.monotonic() < deadline:
        time.sleep(0.05)


def gauge(name):
    (value,) = samples(f"referral_database_connections_{name}").values()
    return value


def uncounted():
    """How many connections PostgreSQL knows beyond those that are counted: always as many."""
    return len(others()) + 1 - gauge("open")


def connect(count):
    return at_once([lambda: None] * count)


def test_there_is_a_pool_on_postgresql_only():
    at_most = samples("referral_database_connections_max")
    assert at_most == ({(): 80} if connection.vendor == "postgresql" else {})


@pytest.mark.postgresql
def test_a_connection_is_in_use_until_it_is_given_back_and_open_until_it_is_closed(all_closed):
    everybody = Barrier(4, timeout=30)

    def hold():
        seen = gauge("in_use")
        everybody.wait()
        return seen

    before_uncounted, before = uncounted(), gauge("in_use")
    assert at_once([hold] * 4) == [before + 4] * 4
    assert (gauge("in_use"), uncounted()) == (before, before_uncounted)


@pytest.mark.postgresql
def test_connections_that_died_or_cannot_be_made_are_not_counted(all_closed, monkeypatch):
    def refuse(**_):
        raise psycopg2.OperationalError("no more connections")

    connect(4)
    before_uncounted, before = uncounted(), gauge("in_use")
    kill_others()
    with monkeypatch.context() as patched:
        patched.setattr(psycopg2, "connect", refuse)
        assert [type(each) for each in connect(4)] == [OperationalError] * 4
        assert gauge("in_use") == before
    assert uncounted() == before_uncounted
