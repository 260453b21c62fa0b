import shutil
import socket
import subprocess
import time
from datetime import timedelta

import pytest

from referral import rate_limits
from referral.rate_limits import spend
from referral.tests.threads import at_once
from referral.windows import Limit

LIMIT = Limit(3, timedelta(hours=1))


@pytest.fixture(autouse=True)
def fresh_budgets():
    rate_limits._limiters.clear()


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis(free_port, settings):
    """A Redis of the test's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("there is no redis-server here")
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


def test_a_budget_is_spent_by_each_key_for_itself():
    assert [spend(LIMIT, "test", "a") for _ in range(4)] == [True, True, True, False]
    assert spend(LIMIT, "test", "b")


def test_a_budget_in_redis_outlives_the_process(redis):
    assert [spend(LIMIT, "test", "a") for _ in range(2)] == [True, True]
    rate_limits._limiters.clear()
    assert [spend(LIMIT, "test", "a") for _ in range(2)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_a_budget_in_redis_is_exact_under_a_crowd(redis):
    assert sorted(at_once([lambda: spend(LIMIT, "test", "a")] * 16)) == [False] * 13 + [True] * 3


def test_without_redis_the_budget_is_the_process_own_and_somebody_is_told(free_port, settings, caplog):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port}/0"
    assert [spend(LIMIT, "test", "a") for _ in range(4)] == [True, True, True, False]
    assert caplog.records[0].getMessage().startswith("Redis is away")
