"""Answers to failures outside the views: JSON below the endpoint, Django's pages elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from referral.telemetry import log_context

ENDPOINT = "/graphql"
RETRY_AFTER_SECONDS = 1


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For example a host name that is not in ALLOWED_HOSTS."""
    if not request.path.startswith(ENDPOINT):
        return defaults.bad_request(request, exception)
    return _json("This request cannot be answered.", "BAD_REQUEST", HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A path that does not exist."""
    if not request.path.startswith(ENDPOINT):
        return defaults.page_not_found(request, exception)
    return _json(f"The endpoint is {ENDPOINT}.", "NOT_FOUND", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug that no view caught."""
    if not request.path.startswith(ENDPOINT):
        return defaults.server_error(request)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _json("Something went wrong on our side.", "INTERNAL_SERVER_ERROR", status)


def unavailable() -> HttpResponse:
    """503 with Retry-After, at any path, while the database is away or too busy."""
    response = _json("Try again in a moment.", "UNAVAILABLE", HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _json(message: str, code: str, status: int) -> HttpResponse:
    extensions = {"code": code, "requestId": log_context.request_id()}
    response = JsonResponse({"errors": [{"message": message, "extensions": extensions}]}, status=status)
    response["Cache-Control"] = "no-store"
    return response
