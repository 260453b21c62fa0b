"""IP addresses, and the prefixes that budgets and connections are counted under."""

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
