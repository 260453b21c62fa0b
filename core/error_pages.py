"""Responses to errors outside the views: JSON under /graphql, Django's pages elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from referral.telemetry import log_context

ENDPOINT = "/graphql"
RETRY_AFTER_SECONDS = 1


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for example for a host name that is not in ALLOWED_HOSTS."""
    if not request.path.startswith(ENDPOINT):
        return defaults.bad_request(request, exception)
    return _json("Bad request.", "BAD_REQUEST", HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an unknown path."""
    if not request.path.startswith(ENDPOINT):
        return defaults.page_not_found(request, exception)
    return _json(f"Not found. The endpoint is {ENDPOINT}.", "NOT_FOUND", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for an unhandled exception."""
    if not request.path.startswith(ENDPOINT):
        return defaults.server_error(request)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _json("Something went wrong on our side.", "INTERNAL_SERVER_ERROR", status)


def unavailable(*, migrate: bool = False) -> HttpResponse:
    """503 with Retry-After, at any path, while the database is unavailable, overloaded or without tables.

    `migrate` tells a developer what to do. Clients in production need not know.
    """
    message = "The service is temporarily unavailable. Try again in a moment."
    if migrate:
        message = "The database lacks tables or columns. Run: python manage.py migrate"
    response = _errors(message, {"code": "UNAVAILABLE"}, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _json(message: str, code: str, status: int) -> HttpResponse:
    return _errors(message, {"code": code, "requestId": log_context.request_id()}, status)


def _errors(message: str, extensions: dict[str, str | None], status: int) -> HttpResponse:
    response = JsonResponse({"errors": [{"message": message, "extensions": extensions}]}, status=status)
    response["Cache-Control"] = "no-store"
    return response
