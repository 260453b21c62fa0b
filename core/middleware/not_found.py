"""The answer to unknown paths in development."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse

from core.error_pages import not_found


class NotFoundMiddleware:
    """Answers unknown paths as in production. Django's own page with DEBUG lists the URL patterns instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None:
            return not_found(request, Http404())
        return response
