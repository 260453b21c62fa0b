"""Two servers on one PostgreSQL and one Redis, with requests sent to either."""

import asyncio
import os
import random
import signal

import pytest
from client import REQUEST_CODE, kinds, post
from faults.asking import CUT_OFF, UNHEARD
from faults.audit import audit_rows, audit_sessions
from faults.ledger import Ledger
from faults.load import TEST_NUMBERS, Load
from ports import free_port

BUDGET, CROWD = 20, 50


@pytest.fixture
def two_servers(serve, redis):
    settings = {
        "REDIS_URL": redis.url,
        "SMS_URL": "console://?delay=0-1",
        "TRUSTED_PROXIES": "1",
        "ADDRESS_CODES_PER_HOUR": str(BUDGET),
        "TEST_NUMBERS": TEST_NUMBERS,
    }
    with serve(**settings) as one, serve(**settings, PORT=str(free_port())) as other:
        yield one, other


def test_two_servers_share_budgets_and_one_survives_the_other(two_servers, database, capfd):
    one, other = two_servers
    ports = [one.port, other.port]

    async def crowd():
        """Request codes for many numbers from one address."""
        phones = [f"+7916{number:07}" for number in range(CROWD)]
        return await asyncio.gather(
            *(post(random.choice(ports), REQUEST_CODE, phone=phone) for phone in phones)
        )

    async def kill():
        os.killpg(one.process.pid, signal.SIGKILL)

    assert kinds(asyncio.run(crowd()), "requestCode") == {
        (200, "CodeSent"): BUDGET,
        (200, "RateLimited"): CROWD - BUDGET,
    }
    load = Load(ports, Ledger())
    asyncio.run(load.run(kill))
    asyncio.run(audit_sessions(load))
    audit_rows(database, load.ledger)
    with capfd.disabled():
        print(f"\n{load.asking}; {load.ledger}")
    assert set(load.asking.troubles()) <= {UNHEARD, CUT_OFF}
    assert "Traceback" not in other.output()
