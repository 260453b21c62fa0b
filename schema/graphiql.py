"""GraphiQL, from our own files where `make assets` put them; without them the page takes them from a CDN."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NEEDS = "graphiql/graphiql.js"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


def is_here() -> bool:
    """Whether GraphiQL can be served without another host: in production, once it is collected."""
    return finders.find(NEEDS) is not None if settings.DEBUG else staticfiles_storage.exists(NEEDS)


def page(request: HttpRequest) -> HttpResponse:
    """Our page, which may load nothing from elsewhere and run nothing that it does not load."""
    response = render(request, "graphql/graphiql.html")
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response
