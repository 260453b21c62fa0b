"""`make serve` on PostgreSQL under a thousand concurrent requests."""

import asyncio
import time

from client import REQUEST_CODE, kinds, post

CROWD = 1000


def test_a_thousand_concurrent_requests_all_get_a_code(serve, database):
    turned_away = []

    async def ask(port, phone):
        """Request a code, and retry on 503, which a slow machine returns when overloaded."""
        while (answer := await post(port, REQUEST_CODE, phone=phone))[0] == 503:
            turned_away.append(phone)
            await asyncio.sleep(int(answer[1]["retry-after"]))
        return answer

    async def crowd(port, prefix):
        requests = [ask(port, f"{prefix}{number:07}") for number in range(CROWD)]
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
        print(f"{len(turned_away)} requests were answered 503 and repeated")
        assert kinds(answers, "requestCode") == {(200, "CodeSent"): CROWD}
        assert most <= 40
        assert database.connections()[1] == 0
