"""Django's middleware behind the admin's cookie, for the admin alone: nothing else here reads a cookie."""

from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

ADMIN = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Passes everything else by."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.path.startswith(ADMIN) else self.get_response(request)


class SessionMiddleware(AdminOnly, sessions.SessionMiddleware):
    """Whose cookie it is."""


class AuthenticationMiddleware(AdminOnly, auth.AuthenticationMiddleware):
    """Who is signed in there."""


class MessageMiddleware(AdminOnly, messages.MessageMiddleware):
    """What they are told after an action."""
