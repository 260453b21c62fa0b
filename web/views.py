"""The web page. It gets all data from the GraphQL endpoint, so the views query nothing."""

import io
import json

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from web import brand, colour, headers
from web.numbers import countries

MODULES = [
    f"web/{name}.js" for name in ("api", "browser", "clock", "dom", "sign_in", "texts")
]  # preloaded: main.js imports them


@require_safe
@cache_control(no_cache=True)
def page(request: HttpRequest, invite_code: str = "") -> HttpResponse:
    """The page, with an invite code filled in. The code is not checked until sign-in."""
    context = {
        "brand": brand.context(),
        "invite_code": invite_code,
        "invite_code_length": settings.INVITE_CODE_LENGTH,
        "modules": MODULES,
        "countries": json.dumps(countries(), ensure_ascii=False),
        "preview": brand.preview(),
        "url": f"{settings.PUBLIC_URL}/i/{invite_code}" if invite_code else f"{settings.PUBLIC_URL}/",
        "title": gettext("You are invited") if invite_code else gettext("Sign in"),
    }
    return HttpResponse(render_to_string("web/page.html", context, request), headers=headers.of_pages())


@require_safe
@cache_control(max_age=86_400, public=True)
def qr_picture(request: HttpRequest, invite_code: str) -> HttpResponse:
    """A QR code (SVG) of an invite link. Does not check that the invite code exists."""
    picture = io.BytesIO()
    segno.make(f"{settings.PUBLIC_URL}/i/{invite_code}", error="m").save(
        picture, kind="svg", scale=4, border=2, xmldecl=False, dark="#1c1b19", light="#ffffff"
    )
    policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml", headers=policy)


@require_safe
@cache_control(max_age=31_536_000, immutable=True, public=True)
def brand_styles(request: HttpRequest, first: str, second: str = "") -> HttpResponse:
    """The stylesheet of a brand's colours, which its address alone decides, so that caches may keep it."""
    one, two = f"#{first}", second and f"#{second}"
    context = {
        "brand": one,
        "second": two,
        "light": colour.derived(one, two),
        "dark": colour.derived(one, two, dark=True),
    }
    return HttpResponse(render_to_string("web/brand.css", context), content_type="text/css; charset=utf-8")
