"""The language that somebody is answered in: the first that their client accepts and that is spoken here."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LanguageMiddleware:
    """Django's own also looks for a cookie, which nothing here sets, and into each path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _spoken(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        translation.activate(language)
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", language)
        return response


@lru_cache(maxsize=100)
def _spoken(accepted: str) -> str:
    """A language of the setting LANGUAGES, for a header Accept-Language (RFC 9110, section 12.5.4)."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)
