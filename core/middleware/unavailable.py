"""503 with Retry-After while the database is away or too busy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from referral.storage.connection import OUTAGES
from referral.telemetry import log_context

RETRY_AFTER_SECONDS = 1


class UnavailableMiddleware:
    """Answers an outage that a view raises with a 503; the request's log line says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for exceptions of views."""
        if not isinstance(exception, OUTAGES):
            return None
        error = {"message": "Try again in a moment.", "extensions": {"code": "UNAVAILABLE"}}
        response = JsonResponse({"errors": [error]}, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response["Cache-Control"] = "no-store"
        log_context.add(outcome="UNAVAILABLE", reason=" ".join(str(exception).split()))
        return response
