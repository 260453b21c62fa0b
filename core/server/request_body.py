"""Receives a request's body before the application runs, so that no part of the service waits for it."""

import io
from typing import Any

from gunicorn.http.errors import NoMoreData

from core.server.answers import INCOMPLETE, TOO_SLOW
from core.server.client_socket import ClientSocket

FRAMING = 4  # bytes on the wire for each byte of the longest chunked body
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def receive(request: Any, client: ClientSocket, longest: int) -> bytes | None:
    """Replace the body by its bytes. Returns the answer to a client that did not send all of it, or None.

    Nothing is read of a body longer than `longest`: its Content-Length makes Django answer 413, with the
    headers that a browser needs to show it, and the connection closes. A chunked body gets a Content-Length,
    without which Django reads nothing. Raises gunicorn's errors for an invalid chunk.
    """
    headers = dict(request.headers)
    length = int(headers.get("CONTENT-LENGTH", 0))
    chunked = "TRANSFER-ENCODING" in headers
    if length > longest:
        leave(request)
    elif length or chunked:
        content = read(request, client, longest + 1 if chunked else length, FRAMING * longest)
        if content is None or len(content) < length:
            leave(request)
            return TOO_SLOW if client.exhausted else INCOMPLETE
        if chunked:
            request.headers = [header for header in request.headers if header[0] != "TRANSFER-ENCODING"]
            request.headers.append(("CONTENT-LENGTH", str(len(content))))
        if len(content) > longest:
            leave(request)
        else:
            request.body = io.BytesIO(content)
    return None


def leave(request: Any) -> None:
    """Do not read the rest of the body: close the connection after the answer."""
    request._expected_100_continue = False
    request.body = io.BytesIO()
    request.force_close()


def read(request: Any, client: ClientSocket, size: int, most: int) -> bytes | None:
    """`size` bytes of the body, or what there is; None if a chunked body was cut off after `most` bytes."""
    if request._expected_100_continue:
        request._expected_100_continue = False
        client.sendall(CONTINUE)
    client.expect_body(most)
    try:
        content: bytes = request.body.read(size)
    except NoMoreData:
        return None
    return content
