"""System checks for settings that cannot work or are unsafe."""

import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004, its name
from django.db import connection

SHORTEST_TOKEN = 16  # characters
SHORTEST_KEY = 32  # bytes, the output size of SHA-256 (RFC 7518, section 3.2)


@register
def trusted_proxies(**_: Any) -> Sequence[CheckMessage]:
    """TRUSTED_PROXIES is not negative."""
    if settings.TRUSTED_PROXIES >= 0:
        return []
    hint = "Set it to the number of proxies between clients and this server, 0 if there are none."
    return [Error("TRUSTED_PROXIES is negative.", hint=hint, id="core.E001")]


@register
def public_url(**_: Any) -> Sequence[CheckMessage]:
    """PUBLIC_URL is an http or https URL."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme in {"http", "https"} and parts.netloc:
        return []
    return [Error("PUBLIC_URL is not a URL.", hint="For example https://example.com.", id="core.E004")]


@register
def demonstration(**_: Any) -> Sequence[CheckMessage]:
    """DEMO_CODES is off in production."""
    if settings.DEBUG or not settings.DEMO_CODES:
        return []
    hint = "Turn it off before the service holds real data."
    return [Warning("DEMO_CODES is on: anyone can sign in with any number.", hint=hint, id="core.W001")]


@register
def keys(**_: Any) -> Sequence[CheckMessage]:
    """Keys are long enough not to be guessed."""
    named = {
        "SECRET_KEY": [settings.SECRET_KEY],
        "SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS,
        "PHONE_HASH_KEY": [settings.PHONE_HASH_KEY],
    }
    hint = 'Generate one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    return [
        Error(f"{setting} is shorter than {SHORTEST_KEY} bytes.", hint=hint, id="core.E002")
        for setting, values in named.items()
        if any(len(value.encode()) < SHORTEST_KEY for value in values)
    ]


@register
def metrics_token(**_: Any) -> Sequence[CheckMessage]:
    """METRICS_TOKEN is long enough not to be guessed."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    hint = f"Use at least {SHORTEST_TOKEN} characters."
    return [Warning("METRICS_TOKEN is too short.", hint=hint, id="core.W002")]


@register
def sqlite_is_for_one_process(**_: Any) -> Sequence[CheckMessage]:
    """SQLite has one write lock, on which several workers or greenlets stall."""
    if connection.vendor != "sqlite":
        return []
    monkey = sys.modules.get("gevent.monkey")
    under_gevent = bool(monkey and monkey.is_module_patched("threading"))
    if settings.WEB_CONCURRENCY == 1 and not under_gevent:
        return []
    hint = "Set DATABASE_URL to a PostgreSQL database, or run one process with threads."
    return [Error("SQLite does not work with several workers or under gevent.", hint=hint, id="core.E003")]
