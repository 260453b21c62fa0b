"""The answer while the database is away or too busy: 503, come back in a moment."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from referral import log_facts
from referral.db import OUTAGES

RETRY_AFTER_SECONDS = 1


class UnavailableMiddleware:
    """Turns an outage that a view raises into a 503 ; the request's line in the log says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for what a view raised."""
        if not isinstance(exception, OUTAGES):
            return None
        error = {"message": "Try again in a moment.", "extensions": {"code": "UNAVAILABLE"}}
        response = JsonResponse({"errors": [error]}, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response["Cache-Control"] = "no-store"
        log_facts.note(outcome="UNAVAILABLE", reason=" ".join(str(exception).split()))
        return response
