"""Sets `request.client` and activates the client's language."""

import logging
import re
from collections.abc import Callable
from functools import lru_cache
from threading import Event

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core import accept_language
from core.addresses import forwarded_address, is_loopback, network_of, subscriber_of
from referral.client import Client
from referral.models import Session

logger = logging.getLogger(__name__)

UNREADABLE = "unreadable"
LONGEST_USER_AGENT = Session._meta.get_field("user_agent").max_length

_warned = Event()


class ClientMiddleware:
    """Chooses the language by Accept-Language alone. Django's middleware also reads a cookie and the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client = client_of(request)  # type: ignore[attr-defined]
        language = accept_language.preferred(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        translation.activate(language)
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", language)
        return response


def client_of(request: HttpRequest) -> Client:
    """The client that sent a request.

    Trusts the last TRUSTED_PROXIES entries of X-Forwarded-For. The client may have forged the others. Empty
    entries count: if they did not, a proxy that adds an empty one would pass on a forged one.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    if forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "").strip():
        hops = forwarded.split(",") + hops
    hop = hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)]
    is_unix_socket = hop == "" and len(hops) == 1
    address = forwarded_address(hop)
    user_agent = _printable(request.META.get("HTTP_USER_AGENT", ""))
    counted = {} if is_unix_socket else _counted_under(address)
    return Client(address=address, user_agent=user_agent, **counted)


def _counted_under(address: str | None) -> dict[str, str]:
    """The subscriber and the network of an address, whose budgets its requests spend.

    Neither for loopback addresses: behind a local proxy that TRUSTED_PROXIES does not count, all clients have
    such an address, and one of them could use up the budget of all. All unreadable addresses are one client:
    otherwise a proxy that writes them would waive every budget.
    """
    if address is None:
        _warn_once()
        return {"subscriber": UNREADABLE, "network": UNREADABLE}
    if is_loopback(address):
        return {}
    return {"subscriber": subscriber_of(address), "network": network_of(address)}


def _warn_once() -> None:
    if not _warned.is_set():
        _warned.set()
        logger.warning(
            "The address of a client cannot be read. All such clients share one budget. Check that "
            "TRUSTED_PROXIES is the number of proxies, and that each adds an IP address to X-Forwarded-For."
        )


@lru_cache(maxsize=100)
def _printable(user_agent: str) -> str:
    """As much of it as a session stores, of the printable ASCII characters that it should have (RFC 9110)."""
    return re.sub("[^ -~]", "", user_agent)[:LONGEST_USER_AGENT]
