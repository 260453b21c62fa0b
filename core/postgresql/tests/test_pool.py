import gc
import time
from collections import deque
from threading import Thread

import psycopg2
import pytest

from core.postgresql import pool as pool_module
from core.postgresql.slots import Turn
from core.postgresql.tests.fakes import FakeConnection, counts, new_pool


class Killed(BaseException):
    """As GreenletExit, gevent's Timeout and KeyboardInterrupt are."""


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def in_a_thread(act):
    thread = Thread(target=act, daemon=True)
    thread.start()
    return thread


def assert_none_is_free(pool):
    pool._timeout = 0.01
    with pytest.raises(
        psycopg2.OperationalError, match=r"^No database connection was free for 0\.01 seconds\.$"
    ):
        pool.getconn()


def test_connections_are_opened_on_demand_and_the_last_used_is_reused_first():
    pool = new_pool(size=3)
    first, second = pool.getconn(), pool.getconn()
    assert counts(pool) == (2, 2)
    pool.putconn(second)
    pool.putconn(first)
    assert counts(pool) == (2, 0)
    connections = [pool.getconn() for _ in range(3)]
    assert connections[:2] == [first, second]
    assert counts(pool) == (3, 3)
    assert_none_is_free(pool)
    assert counts(pool) == (3, 3)


def test_waiting_requests_are_served_in_order():
    pool, served = new_pool(), []
    connection = pool.getconn()

    def wait(name):
        served.append((name, pool.getconn()))

    for name in range(5):
        in_a_thread(lambda name=name: wait(name))
        wait_until(lambda name=name: len(pool._waiting) == name + 1)
    for count in range(1, 6):
        pool.putconn(connection)
        assert not pool._free  # for those who come by in this very moment
        wait_until(lambda count=count: len(served) == count)
    assert served == [(name, connection) for name in range(5)]
    assert counts(pool) == (1, 1)


def test_a_request_that_timed_out_receives_no_connection():
    pool = new_pool()
    connection = pool.getconn()
    assert_none_is_free(pool)
    pool.putconn(connection)
    assert pool.getconn() is connection


def test_a_connection_that_died_while_idle_is_replaced():
    pool = new_pool()
    dead = pool.getconn()
    pool.putconn(dead)
    dead.alive = False
    assert pool.getconn() is not dead
    assert (dead.closed, counts(pool)) == (True, (1, 1))


def test_a_connection_that_is_not_clean_is_closed_and_its_slot_is_free():
    pool = new_pool()
    connection = pool.getconn()
    connection.clean = False
    pool.putconn(connection)
    assert (connection.closed, counts(pool)) == (True, (0, 0))
    assert pool.getconn() is not connection


def test_a_killed_rollback_closes_the_connection_and_frees_its_slot():
    def kill():
        raise Killed

    pool = new_pool()
    connection = pool.getconn()
    connection.is_clean = kill
    with pytest.raises(Killed):
        pool.putconn(connection)
    assert (connection.closed, counts(pool)) == (True, (0, 0))
    pool.getconn()


@pytest.mark.parametrize("error", [psycopg2.OperationalError, Killed])
def test_a_failed_connect_lets_the_next_request_try(error):
    def connect():
        wait_until(lambda: len(pool._waiting) == 1 or failed)
        if not failed:
            failed.append(True)
            raise error
        return FakeConnection()

    pool, failed, served = new_pool(connect=connect), [], []

    def wait_behind():
        wait_until(lambda: not pool._free)
        served.append(pool.getconn())

    thread = in_a_thread(wait_behind)
    with pytest.raises(error):
        pool.getconn()
    thread.join(timeout=10)
    assert (len(served), counts(pool)) == (1, (1, 1))


@pytest.mark.parametrize("handed_over", [True, False])
def test_a_request_killed_while_waiting_leaks_no_slot(monkeypatch, handed_over):
    class Doomed(Turn):
        def __init__(self):
            super().__init__()
            self.called = self  # type: ignore[assignment]  # plays its own lock

        def acquire(self, timeout):
            if handed_over:
                pool.putconn(connection)
            raise Killed

        def release(self):
            pass

    pool = new_pool()
    connection = pool.getconn()
    with monkeypatch.context() as patched:
        patched.setattr(pool_module, "Turn", Doomed)
        with pytest.raises(Killed):
            pool.getconn()
    assert not pool._waiting
    if not handed_over:
        pool.putconn(connection)
    assert counts(pool) == (1, 0)
    pool._timeout = 0.01
    assert pool.getconn() is connection


def test_a_connection_that_is_dropped_in_use_frees_its_slot():
    pool = new_pool()
    pool.getconn()
    gc.collect()
    connection = pool.getconn()
    assert counts(pool) == (1, 1)
    pool.putconn(connection)
    assert counts(pool) == (1, 0)


def test_putting_back_never_waits_for_the_lock():
    pool, served = new_pool(size=2), []
    connections = [pool.getconn(), pool.getconn()]
    waiting = in_a_thread(lambda: served.append(pool.getconn()))
    wait_until(lambda: len(pool._waiting) == 1)

    def put_back_while_this_thread_holds_it():
        with pool._lock:
            pool.putconn(connections.pop())
            connections.clear()  # as the garbage collector would

    thread = in_a_thread(put_back_while_this_thread_holds_it)
    thread.join(timeout=10)
    assert not thread.is_alive()
    connections.append(pool.getconn())  # which held the lock too, and serves those who wait first
    waiting.join(timeout=10)
    assert (len(served), counts(pool)) == (1, (2, 2))


def test_a_slot_freed_while_a_request_joins_the_queue_is_used():
    class Queue(deque):
        def append(self, turn):
            dropped.clear()  # as the garbage collector would, while the lock is held
            super().append(turn)

    pool = new_pool(timeout=0.01)
    pool._waiting, dropped = Queue(), [pool.getconn()]
    dropped.append(pool.getconn())
    assert counts(pool) == (1, 1)


def test_a_slot_freed_while_a_request_leaves_the_queue_is_used():
    class Queue(deque):
        def remove(self, turn):
            dropped.clear()
            super().remove(turn)

    pool, served = new_pool(), []
    pool._waiting, dropped = Queue(), [pool.getconn()]
    thread = in_a_thread(lambda: served.append(pool.getconn()))
    wait_until(lambda: len(pool._waiting) == 1)
    assert_none_is_free(pool)
    thread.join(timeout=10)
    assert (len(served), counts(pool)) == (1, (1, 1))


def test_a_closed_pool_keeps_no_connection():
    pool = new_pool(size=3)
    idle, in_use = pool.getconn(), pool.getconn()
    pool.putconn(idle)
    pool.close()
    assert (idle.closed, in_use.closed, counts(pool)) == (True, False, (1, 1))
    pool.putconn(in_use)
    assert (in_use.closed, counts(pool)) == (True, (0, 0))


def test_failures_do_not_make_slots_or_gauges_drift():
    calls = iter(range(100_000))
    refused: list[int] = []
    served: list[int] = []

    def connect():
        if next(calls) % 3 == 0:
            raise psycopg2.OperationalError
        return FakeConnection()

    def use(number):
        for step in range(number, number + 200):
            try:
                connection = pool.getconn()
            except psycopg2.OperationalError:
                refused.append(step)
                continue
            served.append(step)
            connection.alive, connection.clean = step % 5 != 0, step % 7 != 0
            time.sleep(0)
            if step % 11 != 0:  # or else drop it
                pool.putconn(connection)
            del connection

    pool = new_pool(size=3, connect=connect)
    for thread in [in_a_thread(lambda number=number: use(number)) for number in range(16)]:
        thread.join(timeout=30)
    assert len(refused) + len(served) == 16 * 200
    assert (len(pool._free), len(pool._waiting)) == (3, 0)
    pool._connect = FakeConnection
    connections = [pool.getconn() for _ in range(3)]
    assert counts(pool) == (3, 3)
    assert_none_is_free(pool)
    for connection in connections:
        pool.putconn(connection)
    assert counts(pool) == (3, 0)
