"""Sets `request.client` and activates the client's language."""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.addresses import canonical, is_loopback, network_of, subscriber_of
from referral.client import Client
from referral.models import Session

LONGEST_USER_AGENT = Session._meta.get_field("user_agent").max_length


class ClientMiddleware:
    """Chooses the language by Accept-Language alone. Django's middleware also reads a cookie and the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client = client_of(request)  # type: ignore[attr-defined]
        language = _language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        translation.activate(language)
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", language)
        return response


def client_of(request: HttpRequest) -> Client:
    """The client that sent a request.

    Trusts the last TRUSTED_PROXIES entries of X-Forwarded-For. The client may have forged the others.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    if forwarded := request.META.get("HTTP_X_FORWARDED_FOR"):
        hops = [hop.strip() for hop in forwarded.split(",")] + hops
    address = canonical(hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)])
    user_agent = _printable(request.META.get("HTTP_USER_AGENT", ""))
    return Client(address=address, user_agent=user_agent, **_counted_under(address))


def _counted_under(address: str | None) -> dict[str, str]:
    """The subscriber and the network of an address, whose budgets its requests spend.

    Neither for loopback addresses: behind a local proxy that TRUSTED_PROXIES does not count, all clients have
    such an address, and one of them could use up the budget of all.
    """
    if address is None or is_loopback(address):
        return {}
    return {"subscriber": subscriber_of(address), "network": network_of(address)}


@lru_cache(maxsize=100)
def _printable(user_agent: str) -> str:
    """As much of it as a session stores, of the printable ASCII characters that it should have (RFC 9110)."""
    return re.sub("[^ -~]", "", user_agent)[:LONGEST_USER_AGENT]


@lru_cache(maxsize=100)
def _language(accepted: str) -> str:
    """The one of LANGUAGES that suits an Accept-Language header best (RFC 9110, section 12.5.4)."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)
