"""Where the server listens, and with how many workers. Read by gunicorn before Django's settings are."""

from contextlib import suppress
from ipaddress import IPv6Address

from core.environment import env_int, env_str


def port() -> int:
    """The TCP port, PORT. Raises ImproperlyConfigured, as `workers` does."""
    return env_int("PORT", 8000, least=1, most=65_535)


def workers() -> int:
    """The number of processes, WEB_CONCURRENCY."""
    return env_int("WEB_CONCURRENCY", 1, least=1, most=1000)


def bind() -> str:
    """HOST and PORT as gunicorn's `bind`, which needs an IPv6 address in brackets."""
    host = env_str("HOST", "0.0.0.0")  # noqa: S104, a server listens on every interface
    with suppress(ValueError):  # a name, an IPv4 address, or in brackets already
        host = f"[{IPv6Address(host)}]"
    return f"{host}:{port()}"
