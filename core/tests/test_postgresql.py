import pytest
from dj_db_conn_pool.core import pool_container
from django.db import connection

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def empty_pool():
    """Nobody else's connections are in it, so the one that is put back is the next to be taken."""
    connection.ensure_connection()
    pool = pool_container.get("default")
    connection.close()
    pool.dispose()


def backend():
    """The process that serves this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_connection_that_stands_is_taken_again():
    first = backend()
    connection.close()
    assert backend() == first


def test_one_that_the_server_has_closed_meanwhile_is_replaced_and_nobody_notices():
    first = backend()
    wrapper = connection.copy()
    connection.close()  # back into the pool
    with wrapper.cursor() as cursor:  # which has it first
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] == first
        killer = connection.copy()
        with killer.cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
            assert other.fetchone()[0]
        killer.close()
    wrapper.close()
    assert backend() != first
