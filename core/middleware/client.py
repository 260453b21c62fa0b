"""Sets `request.client` and activates the client's language."""

import re
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

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
    address = _address(hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)])
    user_agent = _printable(request.META.get("HTTP_USER_AGENT", ""))
    subscriber, network = _budget_keys(address) if address else (None, None)
    return Client(address=address, subscriber=subscriber, network=network, user_agent=user_agent)


@lru_cache(maxsize=100)
def _address(text: str) -> str | None:
    """An IP address in canonical form, a mapped IPv4 address as IPv4; None if the text is not an address."""
    try:
        parsed = ip_address(text.partition("%")[0])  # a zone id is only meaningful on its own host
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)


@lru_cache(maxsize=100)
def _budget_keys(address: str) -> tuple[str | None, str | None]:
    """The subscriber and the network of an address: what a provider gives a household, and an organisation.

    RFC 6177 recommends a /48 for an IPv6 site.

    None for loopback addresses: behind a local proxy that TRUSTED_PROXIES does not count, all clients have
    such an address, and one of them could use up the budget of all.
    """
    if ip_address(address).is_loopback:
        return None, None
    is_ipv4 = "." in address
    subscriber = address if is_ipv4 else _prefix(address, 64)
    return subscriber, _prefix(address, 24 if is_ipv4 else 48)


def _prefix(address: str, length: int) -> str:
    return str(ip_network(f"{address}/{length}", strict=False))


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
