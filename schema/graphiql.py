"""GraphiQL, served from our own static files if `make assets` installed them, otherwise from a CDN."""

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
    """Whether GraphiQL's files are installed; in production, whether they are collected."""
    return finders.find(NEEDS) is not None if settings.DEBUG else staticfiles_storage.exists(NEEDS)


def page(request: HttpRequest) -> HttpResponse:
    """Our own page. Its policy allows no inline scripts and nothing from other hosts."""
    response = render(request, "graphql/graphiql.html")
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response
