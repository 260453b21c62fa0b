"""One line in the log for each request, and an id that finds all its lines."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from referral import log_facts

logger = logging.getLogger(__name__)

# A client or a proxy may bring an id of its own, if it is one: a UUID, with or without hyphens.
REQUEST_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


class RequestLogMiddleware:
    """Gives the request an id, times it, and logs what became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with log_facts.gathered(request_id=_request_id(request)) as facts:
            response = self.get_response(request)
            response["X-Request-ID"] = facts["request_id"]
            _log(request, response, time.perf_counter() - began)
        return response


def _request_id(request: HttpRequest) -> str:
    brought = request.headers.get("X-Request-ID", "")
    return brought if REQUEST_ID.fullmatch(brought) else uuid4().hex


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    facts = log_facts.current()
    if "operation" in facts:
        facts.setdefault("outcome", "OK")
    # Without the query string, which may hold a whole operation.
    path = log_facts.without_numbers(request.path)
    line = [request.method, path, str(response.status_code), facts.get("reason", "")]
    extra = {"status": response.status_code, "duration_ms": round(seconds * 1000, 1)}
    level = logging.ERROR if response.status_code >= 500 else logging.INFO  # noqa: PLR2004, a server error
    logger.log(level, " ".join(filter(None, line)), extra=extra)
