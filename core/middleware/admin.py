"""Django's session, authentication and message middleware and a Content-Security-Policy, for /admin/ only."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

ADMIN = "/admin/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class AdminMiddleware(SessionMiddleware, AuthenticationMiddleware, MessageMiddleware):
    """All three in one. It subclasses each because the admin's system checks require them."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(ADMIN):
            return MiddlewareMixin.__call__(self, request)
        return self.get_response(request)

    def process_request(self, request: HttpRequest) -> None:
        SessionMiddleware.process_request(self, request)
        AuthenticationMiddleware.process_request(self, request)
        MessageMiddleware.process_request(self, request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["Content-Security-Policy"] = POLICY
        response = MessageMiddleware.process_response(self, request, response)
        return SessionMiddleware.process_response(self, request, response)
