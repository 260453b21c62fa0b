"""HTTP over plain sockets, so that a thousand clients fit into one process."""

import asyncio
import json
from collections import Counter

ME = "{ me { phone } }"
REQUEST_CODE = (
    "mutation ($phone: String!) { requestCode(phone: $phone) "
    "{ __typename ... on CodeSent { demoCode codeLength } ... on Problem { code } } }"
)
VERIFY_CODE = (
    "mutation ($phone: String!, $code: String!, $inviteCode: String) "
    "{ verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) "
    "{ __typename ... on SignedIn { accessToken refreshToken } ... on Problem { code } } }"
)


async def post(port, query, token="", address="192.0.2.1", **variables):
    """Status, headers in lower case, and the JSON of one answer. `address` is what a proxy would tell.

    Raises ConnectionError or EOFError where no answer came, or only a part of one.
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
