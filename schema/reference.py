"""The API reference at /docs/, if `make docs` has rendered it."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "build" / "index.html"
# A single file with inline style and script, which loads nothing.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@cache_control(max_age=600)
def reference(request: HttpRequest) -> HttpResponse:
    """The page, or 404 if it has not been rendered."""
    try:
        content = PAGE.read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, headers={"Content-Security-Policy": POLICY})
