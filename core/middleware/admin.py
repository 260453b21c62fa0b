"""Django's middleware for the admin, for /admin/ only: no other part of the service reads a cookie."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

ADMIN = "/admin/"


class AdminMiddleware(SessionMiddleware, AuthenticationMiddleware, MessageMiddleware):
    """The three in one. A subclass of each, as the admin's system checks ask for them."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(ADMIN):
            return MiddlewareMixin.__call__(self, request)
        return self.get_response(request)

    def process_request(self, request: HttpRequest) -> None:
        SessionMiddleware.process_request(self, request)
        AuthenticationMiddleware.process_request(self, request)
        MessageMiddleware.process_request(self, request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = MessageMiddleware.process_response(self, request, response)
        return SessionMiddleware.process_response(self, request, response)
