"""`make serve` on PostgreSQL: a crowd, a restart of the database, and an orderly end."""

import asyncio
import os
import signal
import time
from collections import Counter

from client import ME, REQUEST_CODE, VERIFY_CODE, kinds, post

CROWD = 1000


def test_a_crowd_waits_for_its_codes_at_once(serve, database):
    async def crowd(port, prefix):
        requests = [post(port, REQUEST_CODE, phone=f"{prefix}{number:07}") for number in range(CROWD)]
        answers = asyncio.gather(*requests)
        most = 0
        while not answers.done():
            opened, _ = await asyncio.to_thread(database.connections)
            most = max(most, opened)
            await asyncio.sleep(0.3)
        return await answers, most

    with serve() as server:
        asyncio.run(crowd(server.port, "+7915"))  # once to warm up
        began = time.monotonic()
        answers, most = asyncio.run(crowd(server.port, "+7916"))
        print(f"{CROWD} codes in {time.monotonic() - began:.1f} s over at most {most} connections")
        assert kinds(answers, "requestCode") == {(200, "CodeSent"): CROWD}
        assert most <= 40
        assert database.connections()[1] == 0


def test_the_database_restarts_under_sixty_clients(serve, database):
    seen = Counter()
    acknowledged = []
    ready_again = []

    async def client(number, end):
        turn = 0
        while time.monotonic() < end:
            turn += 1
            phone = f"+7917{number:03}{turn:04}"
            status, headers, body = await post(server.port, REQUEST_CODE, phone=phone)
            seen[outcome("requestCode", status, headers, body)] += 1
            if status != 200:
                continue
            code = body["data"]["requestCode"]["demoCode"]
            status, headers, body = await post(server.port, VERIFY_CODE, phone=phone, code=code)
            seen[outcome("verifyCode", status, headers, body)] += 1
            if status == 200:
                acknowledged.append((phone, body["data"]["verifyCode"]["accessToken"]))
                ready_again.append(time.monotonic())

    async def restart():
        await asyncio.sleep(4)
        await asyncio.to_thread(database.stop)
        await asyncio.sleep(2)
        await asyncio.to_thread(database.start)
        return time.monotonic()

    async def everything():
        end = time.monotonic() + 16
        *_, back = await asyncio.gather(*(client(number, end) for number in range(60)), restart())
        return back, [await post(server.port, ME, token) for _, token in acknowledged]

    with serve() as server:
        back, profiles = asyncio.run(everything())
        print(dict(seen), f"{len(acknowledged)} sessions acknowledged")
        assert set(seen) <= {
            ("requestCode", 200, "CodeSent"),
            ("verifyCode", 200, "SignedIn"),
            ("requestCode", 503, "UNAVAILABLE"),
            ("verifyCode", 503, "UNAVAILABLE"),
        }
        assert seen["requestCode", 503, "UNAVAILABLE"] > 0
        phones = [body["data"]["me"]["phone"] for _, _, body in profiles]
        assert phones == [phone for phone, _ in acknowledged]
        assert min(instant for instant in ready_again if instant > back) < back + 5
        assert "Traceback" not in server.output()


def outcome(field, status, headers, body):
    if status == 503:
        assert headers["retry-after"] == "1"
        return field, status, body["errors"][0]["extensions"]["code"]
    return field, status, body["data"][field]["__typename"]


def test_whoever_waits_is_answered_before_the_server_ends(serve):
    async def everything(server):
        requests = [post(server.port, REQUEST_CODE, phone=f"+7918{number:07}") for number in range(200)]
        answers = asyncio.gather(*requests)
        await asyncio.sleep(4)  # all are in, none can be answered yet
        assert not answers.done()
        os.killpg(server.process.pid, signal.SIGTERM)
        return await answers

    with serve(SMS_URL="console://?delay=6-7", SMS_TIMEOUT="10") as server:
        answers = asyncio.run(everything(server))
        assert kinds(answers, "requestCode") == {(200, "CodeSent"): 200}
        server.process.wait(timeout=30)
