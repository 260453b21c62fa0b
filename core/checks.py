"""Settings of the wiring that cannot work or are not safe, said when a command or a server starts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SHORTEST_KEY = 32  # bytes, as many as HMAC-SHA256 makes of them (RFC 7518, section 3.2)


@register
def trusted_proxies(**_: Any) -> Sequence[CheckMessage]:
    """TRUSTED_PROXIES is a number of proxies."""
    if settings.TRUSTED_PROXIES >= 0:
        return []
    hint = "Count the proxies between a client and this server; 0 if there is none."
    return [Error("TRUSTED_PROXIES is negative.", hint=hint, id="core.E001")]


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
