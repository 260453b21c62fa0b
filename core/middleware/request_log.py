"""One log line per request, and a request id shared by all lines of a request."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from core.error_pages import answer_to_outage
from referral.telemetry import log_context
from referral.telemetry.log_context import without_numbers

logger = logging.getLogger(__name__)

# A client or proxy may set the request id: a UUID, with or without hyphens.
REQUEST_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


class RequestLogMiddleware:
    """Assigns a request id, times the request and logs its outcome."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with log_context.collect(request_id=_request_id(request)) as fields:
            response = self.get_response(request)
            response["X-Request-ID"] = fields["request_id"]
            _log(request, response, time.perf_counter() - began)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for exceptions in views."""
        return answer_to_outage(exception)


def _request_id(request: HttpRequest) -> str:
    sent = request.headers.get("X-Request-ID", "")
    return sent if REQUEST_ID.fullmatch(sent) else uuid4().hex


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    # Without the query string, which may contain a whole operation.
    path = without_numbers(request.path)
    line = [request.method, path, str(response.status_code), log_context.current().get("reason", "")]
    extra = {"status": response.status_code, "duration_ms": round(seconds * 1000, 1)}
    level = logging.ERROR if response.status_code >= 500 else logging.INFO  # noqa: PLR2004, a server error
    logger.log(level, " ".join(filter(None, line)), extra=extra)
