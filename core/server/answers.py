"""Answers to clients whose request does not reach the application."""

import json
from http import HTTPStatus


def answer(status: HTTPStatus, code: str, message: str) -> bytes:
    """A whole HTTP/1.1 response in the format of the endpoint's errors. The connection closes after it."""
    body = json.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    retry = "Retry-After: 1\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
    return (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nCache-Control: no-store\r\n{retry}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


TOO_SLOW = answer(HTTPStatus.REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The request body took too long.")
INCOMPLETE = answer(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "The request body is incomplete.")
TOO_MANY = answer(HTTPStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "Too many connections from this address.")
