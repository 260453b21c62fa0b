"""An HTTP client on plain sockets, so that one process can run a thousand clients."""

import asyncio
from asyncio import Semaphore
from urllib.parse import urlsplit

from bench.loads import Request


def ask_all(url: str, requests: list[Request], *, at_once: int) -> list[bytes]:
    """The responses to all requests, headers included, with at most `at_once` in flight."""

    async def run() -> list[bytes]:
        places = Semaphore(at_once)
        return await asyncio.gather(*(_ask(url, request, places) for request in requests))

    return asyncio.run(run())


async def _ask(url: str, request: Request, places: Semaphore) -> bytes:
    where, body = urlsplit(url), request.body.encode()
    head = (
        f"POST {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: application/json\r\n"
        f"X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer {request.token}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    async with places:
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            writer.write(head.encode() + body)
            return await reader.read()
        finally:
            writer.close()
