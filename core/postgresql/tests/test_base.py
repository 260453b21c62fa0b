import os
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, close_old_connections, connection
from psycopg2.extensions import set_wait_callback

from core.postgresql.base import DatabaseWrapper
from referral.models import User
from referral.tests.factories import new_user
from referral.tests.growth import samples

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_pool"),
]


def ask(question, wrapper=connection):
    with wrapper.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def backend(wrapper=connection):
    """The process that serves this thread's connection."""
    return ask("SELECT pg_backend_pid()", wrapper)


def kill(process):
    with closing(connection.copy()) as killer:
        assert ask(f"SELECT pg_terminate_backend({process}, 5000)", killer)


def other(**settings):
    """A wrapper like Django's own, with other settings."""
    wrapper = connection.copy()
    wrapper.settings_dict.update(settings)
    return wrapper


def test_an_idle_connection_is_reused():
    first = backend()
    connection.close()
    assert backend() == first


def test_a_statement_does_not_ask_for_the_pool(monkeypatch):
    first = backend()
    asked: list[Any] = []
    with monkeypatch.context() as patched:
        patched.setattr(DatabaseWrapper, "pool", property(asked.append))
        assert backend() == first
    assert asked == []


def test_a_connection_closed_by_the_server_while_idle_is_replaced():
    first = backend()
    with closing(other()) as wrapper:
        connection.close()  # back into the pool
        assert backend(wrapper) == first  # which has it first
        kill(first)
    assert backend() != first


def test_a_connection_closed_by_the_server_while_in_use_is_replaced():
    first = backend()
    kill(first)
    with pytest.raises(OperationalError):
        backend()
    connection.close()
    assert backend() != first


def test_a_connection_closed_by_psycopg2_while_waiting_is_replaced():
    def fail(_):
        raise psycopg2.OperationalError("silence")

    first = backend()
    set_wait_callback(fail)
    try:
        with pytest.raises(OperationalError, match=r"silence"):
            backend()
    finally:
        set_wait_callback(None)
    assert connection.connection.closed
    connection.close()
    assert backend() != first


def test_an_open_transaction_is_rolled_back_on_return():
    first = backend()
    connection.set_autocommit(False)
    new_user()
    connection.close()
    assert (User.objects.count(), backend()) == (0, first)


def test_a_connection_with_a_transaction_unknown_to_psycopg2_is_closed():
    first = backend()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
    connection.close()
    assert backend() != first


def test_a_request_returns_its_connection_and_waiting_has_a_timeout(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "POOL_OPTIONS", {"POOL_SIZE": 1, "TIMEOUT": 0.01})
    first = backend()
    with closing(other()) as wrapper:
        with pytest.raises(OperationalError, match=r"^No database connection was free for 0\.01 seconds\.$"):
            backend(wrapper)
        close_old_connections()  # as Django does after each request
        assert backend(wrapper) == first


def test_changing_the_time_zone_replaces_the_pool():
    first, before = backend(), samples("referral_database_connections_open")[()]
    connection.close()
    with closing(other(TIME_ZONE="Asia/Tokyo")) as wrapper:
        wrapper.ensure_timezone()
        assert samples("referral_database_connections_open")[()] == before - 1
        assert ask("SHOW TimeZone", wrapper) == "Asia/Tokyo"
        assert backend(wrapper) != first


def test_a_connection_that_cannot_be_set_up_is_closed(monkeypatch):
    def fail(self, new):
        made.append(new)
        raise KeyboardInterrupt

    made: list[Any] = []
    monkeypatch.setattr(type(other()), "_configure_connection", fail)
    with pytest.raises(KeyboardInterrupt):
        connection.ensure_connection()
    assert [each.closed for each in made] == [1]


def test_each_database_has_its_own_pool():
    ours = ask("SELECT current_database()")
    with closing(other(NAME="postgres")) as wrapper:
        assert ask("SELECT current_database()", wrapper) == "postgres"
        wrapper.close()
        assert ask("SELECT current_database()") == ours
        wrapper.close_pool()


def test_test_databases_can_be_created_and_dropped_with_open_pools():
    backend()
    connection.creation.clone_test_db(suffix="clone", verbosity=0)
    clone = other(**connection.creation.get_test_db_clone_settings("clone"))
    assert ask("SELECT count(*) FROM referral_user", clone) == 0
    clone.creation.destroy_test_db(verbosity=0)


def test_connections_that_create_databases_are_not_pooled():
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("postgres",)
        used = cursor.db.connection
    assert used.closed


@pytest.mark.filterwarnings(
    "ignore:.*fork.*:DeprecationWarning"
)  # of threads, which pools of executors leave
def test_a_child_process_opens_its_own_connections():
    first = backend()
    connection.close()
    child = os.fork()
    if not child:
        status = 1
        try:
            status = int(backend() == first)
        finally:
            os._exit(status)
    assert os.waitpid(child, 0) == (child, 0)
    assert backend() == first
