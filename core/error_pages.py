"""Responses to errors outside the views: JSON under /graphql, pages for browsers, Django's elsewhere."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views import defaults

from core import accept_language
from core.password_hasher import HashingBusy
from referral.storage.connection import is_outage, lacks_migrations, reason_of
from referral.telemetry import log_context
from web import problem_pages

logger = logging.getLogger(__name__)

ENDPOINT = "/graphql"
RETRY_AFTER_SECONDS = 1
# First parts of paths that programs ask for, and the admin's, whose policy is its own.
NOT_FOR_VISITORS = {"admin", "api", "graphql", "healthz", "metrics", "readyz", "static", ".well-known"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for example for a host name that is not in ALLOWED_HOSTS."""
    if not request.path.startswith(ENDPOINT):
        return defaults.bad_request(request, exception)
    return _json("Bad request.", "BAD_REQUEST", HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an unknown path."""
    if not request.path.startswith(ENDPOINT):
        invited = request.path.startswith("/i/")
        page = _for_visitors(request, lambda: problem_pages.not_found(invited=invited))
        return page or defaults.page_not_found(request, exception)
    return _json(f"Not found. The endpoint is {ENDPOINT}.", "NOT_FOUND", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for an unhandled exception."""
    if not request.path.startswith(ENDPOINT):
        return _for_visitors(request, problem_pages.server_error) or defaults.server_error(request)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _json("Something went wrong on our side.", "INTERNAL_SERVER_ERROR", status)


def answer_to_outage(exception: Exception) -> HttpResponse | None:
    """503 with Retry-After, at any path, while the database is unavailable, overloaded or without tables.

    Logs the reason. None for other exceptions.
    """
    if not is_outage(exception) and not isinstance(exception, HashingBusy):
        return None
    log_context.add(outcome="UNAVAILABLE", reason=reason_of(exception))
    message = "The service is temporarily unavailable. Try again in a moment."
    if settings.DEBUG and lacks_migrations(exception):  # clients in production need not know
        message = "The database lacks tables or columns. Run: python manage.py migrate"
    response = _errors(message, {"code": "UNAVAILABLE"}, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _for_visitors(request: HttpRequest, page: Callable[[], HttpResponse]) -> HttpResponse | None:
    """A page in the visitor's language; None for programs, and if what went wrong stops the page too."""
    try:
        if request.path.split("/")[1] in NOT_FOR_VISITORS or not _takes_html(request):
            return None
        with translation.override(accept_language.preferred(request.headers.get("Accept-Language", ""))):
            response = page()
    except Exception:  # whatever it is, Django's line is left
        logger.exception("The page for an error failed.")
        return None
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _takes_html(request: HttpRequest) -> bool:
    """Whether the client names HTML, as browsers do. curl takes anything."""
    try:
        kinds = request.accepted_types
    except ValueError:  # an unknown charset in a parameter
        return False
    return any((kind.main_type, kind.sub_type) == ("text", "html") for kind in kinds)


def _json(message: str, code: str, status: int) -> HttpResponse:
    return _errors(message, {"code": code, "requestId": log_context.request_id()}, status)


def _errors(message: str, extensions: dict[str, str | None], status: int) -> HttpResponse:
    response = JsonResponse({"errors": [{"message": message, "extensions": extensions}]}, status=status)
    response["Cache-Control"] = "no-store"
    return response
