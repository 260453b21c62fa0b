"""The security headers of every response."""

from django.http import HttpRequest
from django.middleware.security import SecurityMiddleware


class SecurityHeadersMiddleware(SecurityMiddleware):
    """Django's headers on every response, also on those of probes and of other middleware.

    The redirect to HTTPS is left to Django's own middleware behind the probes, which use plain HTTP.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Redirect nothing."""
