"""Mixed visitors of the service: what people, programs and broken clients send."""

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

from bench.mixed_client import MixedClient
from bench.operations import ACTIVATE_INVITE, ME, REFRESH_SESSION

REQUEST_CODE = (
    "mutation ($phone: String!) { requestCode(phone: $phone) { __typename ... on CodeSent { demoCode } } }"
)
VERIFY_CODE = """mutation ($phone: String!, $code: String!) { verifyCode(phone: $phone, code: $code) {
  __typename ... on SignedIn { accessToken refreshToken user { inviteCode } } } }"""
SIGN_OUT = "mutation { signOut { count } }"
PATIENCE = 30  # seconds for an answer
LONGEST_REST = 0.5  # seconds between two requests of a visitor
AGAIN_AFTER = 65  # seconds: a number waits a minute between codes
SIGNED_IN_AT_MOST = 500  # sessions that the visitors remember
NESTED = "{ me " * 30 + "}" * 30
MALFORMED = [
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
]
BODIES = ["", "{", "[]", "null", json.dumps({"query": NESTED}), json.dumps({"query": "{"}), "x" * 200_000]
PLACES = {
    "the page": ("/", "text/html"),
    "an invite link": ("/i/22ABCD", "text/html"),
    "QR": ("/i/22ABCD/qr.svg", "image/svg+xml"),
    "GraphiQL": ("/graphql", "text/html"),
    "admin sign-in page": ("/admin/login/", "text/html"),
    "metrics": ("/metrics", "text/plain"),
    "readyz": ("/readyz", "application/json"),
}


@dataclass
class Visitor:
    """A signed-in user."""

    phone: str
    access_token: str
    refresh_token: str
    invite_code: str


class Visitors(MixedClient):
    """All visitors, who share sessions and numbers."""

    def __init__(self, port: int, metrics_token: str) -> None:
        super().__init__(port)
        self.metrics_token = metrics_token
        self.signed_in: deque[Visitor] = deque(maxlen=SIGNED_IN_AT_MOST)
        self.seen: deque[tuple[float, str]] = deque(maxlen=SIGNED_IN_AT_MOST)
        self._numbers = count()

    async def visit(self, until: float) -> None:
        """One visitor after another, until an instant of the monotonic clock."""
        acts: list[Callable[[], Awaitable[None]]] = [self.new, self.returning, self.wrong_code, self.sign_out]
        acts += [self.look, self.look, self.look, self.refresh, self.refresh, self.activate]
        acts += [self.malformed, self.bad_body, self.place, self.place, self.hang_up]
        while time.monotonic() < until:
            act = random.choice(acts)
            try:
                async with asyncio.timeout(PATIENCE):
                    await act()
            except (OSError, EOFError, TimeoutError, ValueError, KeyError, TypeError) as error:
                self.errors[f"{act.__name__}: {type(error).__name__} {error}"[:100]] += 1
            await asyncio.sleep(random.uniform(0, LONGEST_REST))

    async def new(self, phone: str = "", what: str = "new sign-in") -> None:
        phone = phone or f"+7911{next(self._numbers):07}"
        code = (await self.ask(f"{what}, code", REQUEST_CODE, phone=phone)).get("demoCode")
        if code is None:
            return
        answer = await self.ask(what, VERIFY_CODE, phone=phone, code=code)
        self.seen.append((time.monotonic(), phone))
        if answer["__typename"] == "SignedIn":
            tokens = answer["accessToken"], answer["refreshToken"]
            self.signed_in.append(Visitor(phone, *tokens, answer["user"]["inviteCode"]))

    async def returning(self) -> None:
        if self.seen and self.seen[0][0] < time.monotonic() - AGAIN_AFTER:
            await self.new(self.seen.popleft()[1], "returning sign-in")

    async def wrong_code(self) -> None:
        phone = f"+7911{next(self._numbers):07}"
        code = (await self.ask("wrong code, code", REQUEST_CODE, phone=phone))["demoCode"]
        wrong = str((int(code[0]) + 1) % 10) + code[1:]
        await self.ask("wrong code", VERIFY_CODE, phone=phone, code=wrong)

    async def look(self) -> None:
        if self.signed_in:
            await self.ask("me", ME, random.choice(self.signed_in).access_token)

    async def refresh(self) -> None:
        if self.signed_in:
            visitor = random.choice(self.signed_in)
            answer = await self.ask("refresh", REFRESH_SESSION, token=visitor.refresh_token)
            if answer["__typename"] == "SessionRefreshed":
                visitor.access_token, visitor.refresh_token = answer["accessToken"], answer["refreshToken"]

    async def activate(self) -> None:
        if self.signed_in:
            visitor, inviter = random.choices(self.signed_in, k=2)
            await self.ask("activate", ACTIVATE_INVITE, visitor.access_token, code=inviter.invite_code)

    async def sign_out(self) -> None:
        if len(self.signed_in) > SIGNED_IN_AT_MOST / 2:
            await self.ask("sign out", SIGN_OUT, self.signed_in.popleft().access_token)

    async def malformed(self) -> None:
        status, _ = await self.send(random.choice(MALFORMED))
        self.count("malformed request", str(status))

    async def bad_body(self) -> None:
        status, _ = await self.send(self.request("POST", "/graphql", random.choice(BODIES)))
        self.count("bad body", str(status))

    async def place(self) -> None:
        what = random.choice(list(PLACES))
        path, accept = PLACES[what]
        token = self.metrics_token if what == "metrics" else ""
        status, _ = await self.send(self.request("GET", path, "", token, accept))
        self.count(what, str(status))

    async def hang_up(self) -> None:
        """Close the connection in the middle of the request, or before the answer."""
        phone = f"+7911{next(self._numbers):07}"
        body = json.dumps({"query": REQUEST_CODE, "variables": {"phone": phone}})
        request = self.request("POST", "/graphql", body)
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request[: random.choice([1, 50, len(request) - 1, len(request)])])
        await writer.drain()
        await asyncio.sleep(random.uniform(0, 0.1))
        writer.transport.abort()
        self.count("hung up", "unanswered")
