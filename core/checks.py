"""Settings of the wiring that cannot work or are not safe, said when a command or a server starts."""

import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004, its name
from django.db import connection

SHORTEST_TOKEN = 16  # characters
SHORTEST_KEY = 32  # bytes, as many as HMAC-SHA256 makes of them (RFC 7518, section 3.2)


@register
def trusted_proxies(**_: Any) -> Sequence[CheckMessage]:
    """TRUSTED_PROXIES is a number of proxies."""
    if settings.TRUSTED_PROXIES >= 0:
        return []
    hint = "Count the proxies between a client and this server; 0 if there is none."
    return [Error("TRUSTED_PROXIES is negative.", hint=hint, id="core.E001")]


@register
def public_url(**_: Any) -> Sequence[CheckMessage]:
    """PUBLIC_URL can begin a link."""
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme in {"http", "https"} and parts.netloc:
        return []
    return [Error("PUBLIC_URL is no URL.", hint="Such as https://example.com.", id="core.E004")]


@register
def demonstration(**_: Any) -> Sequence[CheckMessage]:
    """A server that gives everybody everybody's codes says so."""
    if settings.DEBUG or not settings.DEMO_CODES:
        return []
    hint = "Switch it off before anybody's data is here."
    return [Warning("DEMO_CODES is on: anybody can sign in as anybody.", hint=hint, id="core.W001")]


@register
def keys(**_: Any) -> Sequence[CheckMessage]:
    """No key can be guessed."""
    named = {
        "SECRET_KEY": [settings.SECRET_KEY],
        "SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS,
        "PHONE_HASH_KEY": [settings.PHONE_HASH_KEY],
    }
    hint = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))" makes one.'
    return [
        Error(f"{setting} is shorter than {SHORTEST_KEY} bytes.", hint=hint, id="core.E002")
        for setting, values in named.items()
        if any(len(value.encode()) < SHORTEST_KEY for value in values)
    ]


@register
def metrics_token(**_: Any) -> Sequence[CheckMessage]:
    """Nobody guesses their way to what the operator sees."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    hint = f"It should have at least {SHORTEST_TOKEN} characters."
    return [Warning("METRICS_TOKEN can be guessed.", hint=hint, id="core.W002")]


@register
def sqlite_is_for_one_process(**_: Any) -> Sequence[CheckMessage]:
    """SQLite has one write lock: several workers, or greenlets that it blocks, stall on it."""
    if connection.vendor != "sqlite":
        return []
    monkey = sys.modules.get("gevent.monkey")
    under_gevent = bool(monkey and monkey.is_module_patched("threading"))
    if settings.WEB_CONCURRENCY == 1 and not under_gevent:
        return []
    hint = "Set DATABASE_URL to a PostgreSQL, or serve with one process and threads."
    return [Error("SQLite with several workers or under gevent.", hint=hint, id="core.E003")]
