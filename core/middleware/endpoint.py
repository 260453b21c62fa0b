"""Answers requests to the GraphQL endpoint before the middleware that only pages need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.error_pages import ENDPOINT, answer_to_outage
from schema.endpoint import graphql

PATHS = {ENDPOINT, f"{ENDPOINT}/"}


class EndpointMiddleware:
    """No cookie is read here, so nothing has to be protected against CSRF."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in PATHS:
            return self.get_response(request)
        request.get_host()  # raises DisallowedHost
        response = self._answer(request)
        response.headers.setdefault("Content-Length", str(len(response.content)))  # or it would be chunked
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            return graphql(request)
        except Exception as exception:
            response = answer_to_outage(exception)
            if response is None:
                raise
            return response
