"""An HTTP client that counts what it asked for and what came of it."""

import asyncio
import json
import random
from collections import Counter
from typing import Any

ADDRESSES = 5_000  # the budgets of each stay in the server's memory for an hour


class MixedClient:
    """`done` counts by what was asked and what came of it. `errors` are the outcomes that are our fault."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.done: Counter[tuple[str, str]] = Counter()
        self.errors: Counter[str] = Counter()

    async def ask(self, what: str, query: str, access_token: str = "", **variables: str) -> dict[str, Any]:
        """The result of an operation's only field, or an empty result with its error as the outcome."""
        body = json.dumps({"query": query, "variables": variables})
        status, content = await self.send(self.request("POST", "/graphql", body, access_token))
        answer = json.loads(content)
        if errors := answer.get("errors"):
            self.count(what, errors[0]["extensions"]["code"])
            return {"__typename": ""}
        (result,) = answer["data"].values()
        self.count(what, result.get("__typename", str(status)))
        return dict(result) if "__typename" in result else {"__typename": ""} | result

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """The status and body of a response; status 0 if the server only closed the connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            head, _, content = (await reader.read()).partition(b"\r\n\r\n")
        except ConnectionError:  # it need not read the rest of a request that it refuses
            return 0, b""
        finally:
            writer.close()
        return int(head.split()[1]) if head else 0, content

    def request(self, method: str, path: str, body: str, token: str = "", accept: str = "*/*") -> bytes:
        """A request from one of ADDRESSES addresses."""
        number = random.randrange(ADDRESSES)
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{authorization}"
            f"X-Forwarded-For: 10.0.{number // 256}.{number % 256}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
        ).encode()

    def count(self, what: str, outcome: str) -> None:
        self.done[what, outcome] += 1
        if outcome in {"INTERNAL_SERVER_ERROR", "UNAVAILABLE"} or outcome.startswith("5"):
            self.errors[f"{what}: {outcome}"] += 1
