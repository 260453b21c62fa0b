"""Strangers who hammer the admin's sign-in form slow down only each other."""

import asyncio
import re
import statistics
import time
from collections import Counter
from urllib.parse import urlencode

CEILING = 300  # passwords an hour, over all addresses and numbers
ADDRESSES, PER_ADDRESS = 40, 10
AT_ONCE = 30  # more than there are database connections
# Of a request beside them. Hashing in the worker's only thread kept others waiting for seconds.
LONGEST_MEDIAN = 0.25  # seconds


async def http(port, method, path, body="", **headers):
    """The status, headers (names in lower case) and text of an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        fields = {"Host": "localhost", "Connection": "close", "Content-Length": len(body)} | headers
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())
        head, _, content = (await reader.read()).decode().partition("\r\n\r\n")
    finally:
        writer.close()
    status, *lines = head.split("\r\n")
    answered = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return int(status.split()[1]), answered, content


class Stranger:
    """Tries passwords from an address of their own, each for another number."""

    def __init__(self, port, number):
        self.port, self.number = port, number

    async def come(self):
        _, headers, page = await http(self.port, "GET", "/admin/login/")
        self.cookie = headers["set-cookie"].split(";")[0]
        token = re.search('name="csrfmiddlewaretoken" value="(.*?)"', page)
        assert token
        self.token = token[1]

    async def guess(self, turn):
        form = {
            "csrfmiddlewaretoken": self.token,
            "username": f"+7912{self.number:05}{turn:02}",
            "password": "a guess",
        }
        status, _, page = await http(
            self.port,
            "POST",
            "/admin/login/",
            urlencode(form),
            Content_Type="application/x-www-form-urlencoded",
            Cookie=self.cookie,
            X_Forwarded_For=f"2001:db8:0:{self.number:x}::1",
        )
        return "refused" if "Too many attempts" in page else status


async def hammer(port):
    strangers = [Stranger(port, number) for number in range(ADDRESSES)]
    for stranger in strangers:
        await stranger.come()
    few = asyncio.Semaphore(AT_ONCE)

    async def guess(stranger, turn):
        async with few:
            return await stranger.guess(turn)

    guesses = [guess(stranger, turn) for turn in range(PER_ADDRESS) for stranger in strangers]
    return Counter(await asyncio.gather(*guesses))


async def ask_until(done, port):
    """How long /readyz, which needs a database connection, took each time until the strangers are done."""
    took = []
    while not done.done():
        began = time.perf_counter()
        assert (await http(port, "GET", "/readyz"))[0] == 200
        took.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return took


def test_hashing_passwords_keeps_no_other_request_waiting_and_has_a_ceiling(serve, capfd):
    async def attack(port):
        done = asyncio.ensure_future(hammer(port))
        return await ask_until(done, port), await done

    with serve(TRUSTED_PROXIES="1") as server:
        took, answers = asyncio.run(attack(server.port))
        again = asyncio.run(hammer(server.port))
        assert "Traceback" not in server.output()
    with capfd.disabled():
        median = statistics.median(took)
        print(f"\n{len(took)} requests beside {dict(answers)}: {median:.3f} s, {max(took):.3f} s at most")
    assert answers.total() == again.total() == ADDRESSES * PER_ADDRESS
    assert set(answers) <= {200, 503, "refused"}  # 503: the turn to hash did not come in time
    assert answers["refused"] == ADDRESSES * PER_ADDRESS - CEILING
    assert again["refused"] == ADDRESSES * PER_ADDRESS
    assert median < LONGEST_MEDIAN
