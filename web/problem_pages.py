"""Pages with the brand's look that say what went wrong. They query nothing and need no JavaScript."""

from http import HTTPStatus

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from web import brand, headers


def not_found(*, invited: bool) -> HttpResponse:
    """404. `invited` says that the path begins as that of an invite link does."""
    advice = gettext("The address may be mistyped, or the page is gone.")
    if invited:
        advice = gettext(
            "This invite link has no code. Ask for the link again, or enter the code as you sign in."
        )
    heading = gettext("This page went its own way")
    return _page(HTTPStatus.NOT_FOUND, title=gettext("No such page"), heading=heading, advice=advice)


def server_error() -> HttpResponse:
    """500."""
    title, advice = (
        gettext("Something went wrong"),
        gettext("The fault is ours. Please try again in a moment."),
    )
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, title=title, heading=title, advice=advice)


def _page(status: int, **texts: str) -> HttpResponse:
    context = texts | {"brand": brand.context(), "start": gettext("To the start")}
    content = render_to_string("web/problem.html", context)
    response = HttpResponse(content, status=status, headers=headers.of_pages())
    response["Cache-Control"] = "no-store"
    return response
