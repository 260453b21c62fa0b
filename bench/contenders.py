"""The servers under comparison, and their common settings."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from bench.servers import Server, serve
from referral import crypto

APPLICATIONS = {
    "limit": "bench.limit:application",
    "service": "core.wsgi:application",
    "rest": "core.wsgi:application",
}
# All requests come from one client, whose budgets would run out.
RAISED = {
    f"{whose}_{what}_PER_HOUR": "1000000" for whose in ("ADDRESS", "NETWORK") for what in ("CODES", "GUESSES")
}


@contextmanager
def contenders(logs: Path) -> Iterator[list[Server]]:
    """Start all servers, each with one worker."""
    with ExitStack() as stack:
        yield [stack.enter_context(start(name, logs)) for name in APPLICATIONS]


def start(name: str, logs: Path) -> AbstractContextManager[Server]:
    """Start one server until the context ends. It logs to a file in `logs`."""
    own = {"limit": _limit_keys(), "rest": {"DJANGO_SETTINGS_MODULE": "bench.rest_settings"}}
    return serve(name, APPLICATIONS[name], _environment() | own.get(name, {}), logs / f"{name}.log")


def _environment() -> dict[str, str]:
    """The environment of a production server on the benchmark database, otherwise with default settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return (
        kept
        | RAISED
        | {
            "DJANGO_SETTINGS_MODULE": "core.settings",  # the server's bounds are Django settings
            "ENV_FILE": "",
            "DATABASE_URL": database.geturl(),
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "PUBLIC_URL": "http://127.0.0.1",
            "TRUSTED_PROXIES": "1",
            "DEMO_CODES": "true",
            "SMS_URL": "console://?delay=1-2",
        }
    )


def _limit_keys() -> dict[str, str]:
    """The keys that the service derives from SECRET_KEY, including those inside Django's Signer."""
    purposes = {"ACCESS": "access token", "PHONE": "phone number", "CODE": "sign-in code"}
    keys = {which: crypto.derive_key(purpose, settings.SECRET_KEY) for which, purpose in purposes.items()}
    (refresh,) = crypto.token_keys("refresh token")
    keys["REFRESH"] = sha256(b"django.core.signing.Signer" + b"signer" + refresh).digest()
    return {f"LIMIT_{which}_KEY": key.hex() for which, key in keys.items()}
