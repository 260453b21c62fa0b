"""Who is calling: the address and the program on the other end of a request."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from referral.devices import Device
from referral.models import Session

LONGEST_USER_AGENT = Session._meta.get_field("user_agent").max_length


def device(request: HttpRequest) -> Device:
    """What a session remembers of the client that started it."""
    user_agent = "".join(filter(str.isprintable, request.headers.get("User-Agent", "")))
    return Device(user_agent=user_agent[:LONGEST_USER_AGENT], ip_address=address(request))


def address(request: HttpRequest) -> str | None:
    """The client's address; an IPv4 address mapped into IPv6 as IPv4. None if it is none.

    X-Forwarded-For is believed only as far as TRUSTED_PROXIES says, counted from the right: what
    stands further left, the client may have written itself.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    if forwarded := request.headers.get("X-Forwarded-For"):
        hops = [hop.strip() for hop in forwarded.split(",")] + hops
    return _normalise(hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)])


def network(request: HttpRequest) -> str | None:
    """What budgets are kept by: an IPv4 address, or the /64 that one IPv6 subscriber is given.

    None for this machine itself, which is nobody's address: were a proxy on it not counted in
    TRUSTED_PROXIES, one client could use up the budget of all.
    """
    text = address(request)
    return text and _network(text)


@lru_cache(maxsize=100)
def _network(text: str) -> str | None:
    if ip_address(text).is_loopback:
        return None
    return text if "." in text else str(ip_network(f"{text}/64", strict=False))


@lru_cache(maxsize=100)
def _normalise(text: str) -> str | None:
    try:
        parsed = ip_address(text.partition("%")[0])  # a zone means something on its own machine only
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)
