import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from referral.budgets import memory_store, rate_limits, redis_store
from referral.budgets.memory_store import MemoryStore
from referral.budgets.rate_limits import give_back, redis_answers, spend
from referral.budgets.windows import Limit
from referral.tests.threads import at_once

LIMIT = Limit(3, timedelta(hours=1))


pytestmark = pytest.mark.usefixtures("fresh_budgets")


def fits(key):
    return spend(LIMIT, key) is None


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis(free_port, settings):
    """A Redis server for one test."""
    program = shutil.which("redis-server")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("redis-server is not installed")
    server = subprocess.Popen([program, "--port", str(free_port), "--save", ""], stdout=subprocess.DEVNULL)
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port}/0"
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", free_port)) == 0:
                break
        time.sleep(0.05)
    yield
    server.terminate()
    server.wait(timeout=10)


def test_each_key_has_its_own_budget():
    assert [fits("a") for _ in range(4)] == [True, True, True, False]
    assert fits("b")


def test_a_used_up_budget_tells_when_the_next_event_fits():
    for _ in range(3):
        spend(LIMIT, "a")
    in_an_hour = datetime.now(UTC) + LIMIT.window
    retry_at = spend(LIMIT, "a")
    assert retry_at is not None
    assert abs(retry_at - in_an_hour) < timedelta(minutes=1)


def given_back():
    """Which of six events fit, if the third is given back."""
    fitted = [fits("a") for _ in range(3)]
    give_back(LIMIT, "a")
    return [*fitted, *(fits("a") for _ in range(3))]


def test_an_event_that_is_given_back_leaves_room_for_one():
    assert given_back() == [True, True, True, True, False, False]
    give_back(LIMIT, "never spent")


def test_an_event_that_is_given_back_in_redis_leaves_room_for_one(redis):
    assert given_back() == [True, True, True, True, False, False]
    give_back(LIMIT, "never spent")


def test_in_memory_an_event_leaves_the_window_at_its_end():
    store = MemoryStore()
    assert [store.spend(LIMIT, "a", second) for second in (0, 1, 2, 3)] == [None, None, None, 3600]
    assert [store.spend(LIMIT, "a", second) for second in (3600, 3600)] == [None, 3601]


def test_the_memory_of_a_process_keeps_a_bounded_number_of_keys(monkeypatch):
    monkeypatch.setattr(memory_store, "MOST_KEYS", 2)
    store = MemoryStore()
    one = Limit(1, timedelta(hours=1))
    assert [store.spend(one, key, 0) for key in ("a", "b", "a", "c")] == [None, None, 3600, None]
    assert store.spend(one, "a", 0) == 3600  # used more recently than b
    assert store.spend(one, "b", 0) is None


def test_a_budget_in_redis_outlives_the_process(redis):
    assert [fits("a") for _ in range(2)] == [True, True]
    rate_limits._stores.clear()
    assert [fits("a") for _ in range(2)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_a_budget_in_redis_is_exact_under_concurrency(redis):
    assert Counter(at_once([lambda: fits("a")] * 16)) == {True: 3, False: 13}


def test_without_redis_the_process_counts_on_its_own_and_logs_it_once(
    free_port, settings, caplog, monkeypatch
):
    monkeypatch.setattr(rate_limits, "PAUSE", 0)  # retry Redis each time
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port}/0"
    assert [fits("a") for _ in range(4)] == [True, True, True, False]
    (record,) = caplog.records
    assert record.getMessage().startswith("Redis is away")


def test_readiness_tells_whether_redis_answers(redis, settings):
    assert redis_answers()
    there, settings.REDIS_URL = settings.REDIS_URL, "redis://127.0.0.1:1/0"
    assert not redis_answers()
    assert not redis_answers()  # known to be away
    settings.REDIS_URL = there
    assert redis_answers()
    settings.REDIS_URL = ""
    assert redis_answers()


def test_redis_counts_again_when_it_is_back(redis, settings, caplog, monkeypatch):
    rate_limits._away_until[settings.REDIS_URL] = time.monotonic() + 60
    assert [fits("a") for _ in range(4)] == [True, True, True, False]
    rate_limits._away_until[settings.REDIS_URL] = time.monotonic()
    assert fits("a")
    assert caplog.messages == ["Redis is back."]


def test_only_one_request_retries_redis(settings, monkeypatch):
    monkeypatch.setattr(redis_store, "TIMEOUT", 30)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        rate_limits._away_until[settings.REDIS_URL] = time.monotonic()
        one = Thread(target=fits, args=["a"])
        one.start()
        with silent.accept()[0]:
            assert fits("a")
            silent.setblocking(False)
            with pytest.raises(BlockingIOError):
                silent.accept()  # only one of the two connected
            assert one.is_alive()
    one.join()
