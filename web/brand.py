"""The operator's brand, from the settings BRAND_..., as pages and links show it (docs/brand.md)."""

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from web import colour

DEFAULT_NAME = "Referral"
OWN_PREVIEW = "web/preview.png"  # 1200 × 630, by `make pictures`
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 46 46' fill='none' stroke-width='4'>"
    "<style>circle{{stroke:{light}}}.one{{fill:{light}}}"
    "@media(prefers-color-scheme:dark){{circle{{stroke:{dark}}}.one{{fill:{dark}}}}}</style>"
    "<circle class='one' cx='15' cy='23' r='12'/><circle cx='31' cy='23' r='12'/></svg>"
)


def name() -> str:
    """What the service is called."""
    return settings.BRAND_NAME or DEFAULT_NAME


def pitches() -> dict[str, str]:
    """The sentence that says why to invite, by language. Russian falls back to BRAND_PITCH."""
    own = {"en": settings.BRAND_PITCH, "ru": settings.BRAND_PITCH_RU or settings.BRAND_PITCH}
    return {language: own.get(language) or _default_pitch(language) for language, _ in settings.LANGUAGES}


def pitch() -> str:
    """The sentence in the active language."""
    return pitches()[get_language() or settings.LANGUAGE_CODE]


def _default_pitch(language: str) -> str:
    with override(language):
        return gettext("Everything is better with someone you know.")


def address(picture: str) -> str:
    """Where a browser finds a picture that a setting names: a URL, or a path among the static files."""
    return picture if is_url(picture) else static(picture)


def is_url(picture: str) -> bool:
    """Whether a picture is elsewhere; otherwise it is a static file."""
    return "://" in picture


def logo_origin() -> str:
    """The other origin that the page loads the logo from; empty if there is none."""
    if not is_url(settings.BRAND_LOGO):
        return ""
    scheme, host, *_ = urlsplit(settings.BRAND_LOGO)
    return f"{scheme}://{host}"


def preview() -> dict[str, Any]:
    """The picture of link previews. Messengers want an absolute URL; the size is known of our own only."""
    picture = settings.BRAND_PREVIEW or OWN_PREVIEW
    url = address(picture)
    return {"url": url if is_url(url) else settings.PUBLIC_URL + url, "is_own": picture == OWN_PREVIEW}


def styles_url() -> str:
    """The stylesheet with the brand's colours; empty if none is set."""
    second = settings.BRAND_SECOND_COLOUR
    if not settings.BRAND_COLOUR and not second:
        return ""
    digits = {"first": _colour()[1:]} | ({"second": colour.long_form(second)[1:]} if second else {})
    return reverse("brand", kwargs=digits)


def icon() -> str:
    """The address of the icon: the logo, or the two circles in the brand's colour."""
    if settings.BRAND_LOGO:
        return address(settings.BRAND_LOGO)
    picture = ICON.format(light=_in_scheme("accent"), dark=_in_scheme("accent", dark=True))
    return "data:image/svg+xml," + quote(picture, safe=" '=/:;,()")


def context() -> dict[str, Any]:
    """What web/head.html and web/header.html show."""
    return {
        "name": name(),
        "logo": settings.BRAND_LOGO and address(settings.BRAND_LOGO),
        "icon": icon(),
        "styles": styles_url(),
        "pitch": pitch(),
        "pitches": pitches(),
        "theme": {"light": _in_scheme("band"), "dark": _in_scheme("band", dark=True)},
    }


def _colour() -> str:
    return colour.long_form(settings.BRAND_COLOUR or colour.DEFAULT)


def _in_scheme(part: str, *, dark: bool = False) -> str:
    return colour.derived(_colour(), dark=dark)[part]
