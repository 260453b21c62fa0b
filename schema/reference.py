"""The API reference at /docs/, if `make docs` has rendered it."""

from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "build" / "index.html"
# A single file with inline style and script, which loads nothing.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def reference(request: HttpRequest) -> HttpResponse:
    """The page; if it has not been rendered, 404 and how to do that."""
    try:
        response = HttpResponse(PAGE.read_bytes())
        patch_cache_control(response, max_age=600)
    except FileNotFoundError:
        response = render(request, "reference/missing.html", status=HTTPStatus.NOT_FOUND)
        patch_cache_control(response, no_store=True)
    response["Content-Security-Policy"] = POLICY
    return response
