"""IP addresses, and the prefixes that budgets and connections are counted under."""

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network


@lru_cache(maxsize=100)
def canonical(text: str) -> str | None:
    """An IP address in canonical form, a mapped IPv4 address as IPv4; None if the text is not an address."""
    try:
        parsed = ip_address(text.partition("%")[0])  # a zone id is only meaningful on its own host
    except ValueError:
        return None
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


# As proxies write it: 192.0.2.1:1234, [2001:db8::1] and [2001:db8::1]:443, with or without quotes.
WITH_PORT = re.compile(r"(?P<ipv4>[\d.]+):\w+|\[(?P<ipv6>[^\[\]]+)\](?::\w*)?")


@lru_cache(maxsize=100)
def forwarded_address(entry: str) -> str | None:
    """The canonical address in an entry of X-Forwarded-For; None if there is none, as in "unknown"."""
    text = entry.strip(" \t\"'")
    if found := WITH_PORT.fullmatch(text):
        text = found["ipv4"] or found["ipv6"]
    return canonical(text)


@lru_cache(maxsize=100)
def subscriber_of(address: str) -> str:
    """What a provider gives one customer: an IPv4 address, or the /64 of an IPv6 address.

    The address is in canonical form, as for the other functions.
    """
    return address if "." in address else _prefix(address, 64)


@lru_cache(maxsize=100)
def network_of(address: str) -> str:
    """What a provider gives an organisation: an IPv4 /24 or an IPv6 /48 (RFC 6177)."""
    return _prefix(address, 24 if "." in address else 48)


@lru_cache(maxsize=100)
def is_loopback(address: str) -> bool:
    """Whether the address belongs to this machine."""
    return ip_address(address).is_loopback


def _prefix(address: str, length: int) -> str:
    return str(ip_network(f"{address}/{length}", strict=False))
