"""Each part fails under load: no confirmed data is lost or duplicated, and the service recovers unaided."""

import asyncio
import os
import random
import re
import signal
from contextlib import ExitStack
from functools import partial

import pytest
from faults.asking import CUT_OFF, UNAVAILABLE, UNDELIVERED, UNHEARD
from faults.audit import audit_rows, audit_sessions
from faults.ledger import Ledger
from faults.load import RECOVERY, TEST_NUMBERS, Load
from provider_server import SLOW, provider

OUTAGE = 3  # seconds
SMS_TIMEOUT = 3


@pytest.fixture(scope="module")
def texts():
    with provider() as played:
        played.mode = "slow"
        yield played


@pytest.fixture(scope="module")
def ledger():
    """One ledger for all faults: what was confirmed before the first must hold after the last."""
    return Ledger()


@pytest.fixture(scope="module")
def serve_all(serve, redis, texts):
    """Start a server with everything used in production: two workers, Redis and a gateway."""
    return partial(
        serve,
        WEB_CONCURRENCY="2",
        REDIS_URL=redis.url,
        SMS_URL=f"json://127.0.0.1:{texts.port}/?:to={{phone}}",
        SMS_TIMEOUT=str(SMS_TIMEOUT),
        TRUSTED_PROXIES="1",
        DEMO_CODES="false",
        TEST_NUMBERS=TEST_NUMBERS,
    )


@pytest.fixture(scope="module")
def service(serve_all):
    """One server for all faults, never restarted."""
    with serve_all() as server:
        yield server


@pytest.fixture
def check(database, ledger, texts, capfd, request):
    """Run a fault under load and audit the ledger. Returns the client with its counts."""

    def read_code(phone):
        sent = [asked.message["message"] for asked in texts.asked if asked.message["to"] == phone]
        (code,) = re.findall(r"#(\d+)$", sent[-1])
        return code

    def check(server, fault, *, troubles):
        load = Load([server.port], ledger, read_code)
        asyncio.run(load.run(fault))
        asyncio.run(audit_sessions(load))
        audit_rows(database, ledger)
        with capfd.disabled():
            print(f"\n{request.node.name}: {load.asking}; {ledger}")
        assert set(load.asking.troubles()) == troubles
        assert "Traceback" not in server.output()
        return load.asking

    return check


def test_a_worker_is_killed(service, check):
    async def kill():
        os.kill(random.choice(service.workers()), signal.SIGKILL)

    check(service, kill, troubles={CUT_OFF})
    assert len(service.workers()) == 2


@pytest.mark.parametrize("end", ["stop", "crash"])
def test_postgresql_restarts(service, check, database, end):
    async def restart():
        await asyncio.to_thread(getattr(database, end))
        await asyncio.sleep(OUTAGE)
        await asyncio.to_thread(database.start)

    check(service, restart, troubles={UNAVAILABLE})


def test_every_connection_to_postgresql_is_taken(service, check, database):
    async def crowd_out():
        await asyncio.to_thread(database.crowd_out, OUTAGE)

    check(service, crowd_out, troubles={UNAVAILABLE})
    assert "too many clients" in service.output()


@pytest.mark.parametrize(("end", "begin"), [("freeze", "thaw"), ("kill", "start")])
def test_redis_is_unavailable(service, check, redis, end, begin):
    earlier = len(service.output())

    async def take_away():
        getattr(redis, end)()
        await asyncio.sleep(OUTAGE)
        getattr(redis, begin)()
        async with asyncio.timeout(RECOVERY):
            while service.output()[earlier:].count("Redis is back") < 2:
                await asyncio.sleep(0.1)

    check(service, take_away, troubles=set())
    assert service.output()[earlier:].count("Redis is away") == 2


def test_the_sms_gateway_hangs(service, check, texts):
    meanwhile = []

    async def hang():
        texts.mode = "hang"
        await asyncio.sleep(SLOW + 1)  # until no text is in flight that will be accepted
        earlier, answered = len(service.output()), texts.answered
        await asyncio.sleep(SMS_TIMEOUT)
        meanwhile.append(service.output()[earlier:])
        assert texts.answered == answered
        texts.mode = "slow"

    check(service, hang, troubles={UNDELIVERED})
    assert all(f'"operation": "{field}"' in meanwhile[0] for field in ("me", "verifyCode"))


def test_the_server_is_replaced_by_another(service, serve_all, check):
    """Runs last, because it stops the server shared by all faults."""
    with ExitStack() as servers:

        async def replace():
            os.kill(service.master(), signal.SIGTERM)
            assert await asyncio.to_thread(service.process.wait, 30) == 0
            await asyncio.to_thread(servers.enter_context, serve_all())

        check(service, replace, troubles={UNHEARD})
