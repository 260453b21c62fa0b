"""An HTTP client on plain sockets, so that one process can run a thousand clients."""

import asyncio
import json
from collections import Counter

ME = "{ me { phone } }"
REQUEST_CODE = (
    "mutation ($phone: String!) { requestCode(phone: $phone) "
    "{ __typename ... on CodeSent { demoCode codeLength } ... on RateLimited { retryAt } "
    "... on Problem { code } } }"
)
VERIFY_CODE = (
    "mutation ($phone: String!, $code: String!, $inviteCode: String) "
    "{ verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) "
    "{ __typename ... on SignedIn { accessToken refreshToken } ... on Problem { code } } }"
)


async def post(port, query, token="", address="192.0.2.1", **variables):
    """The status, headers (names in lower case) and JSON body of a response.

    `address` is sent as X-Forwarded-For. Raises ConnectionError or EOFError if the response is missing or
    cut off.
    """
    body = json.dumps({"query": query, "variables": variables}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = (
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"X-Forwarded-For: {address}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode() + body)
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        content = await reader.readexactly(int(headers["content-length"]))
    finally:
        writer.close()
    return int(status.split()[1]), headers, json.loads(content)


def kinds(answers, field):
    return Counter((status, body["data"][field]["__typename"]) for status, _, body in answers)
