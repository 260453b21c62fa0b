"""The database settings, from DATABASE_URL, and the time limit of every wait for it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from core.environment import BASE_DIR, env_int, env_str

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
POOLED_POSTGRESQL = "core.postgresql"
FORMS = "postgres://user:password@host:5432/name or sqlite:///file"

# A request that waits longer gets a 503 with Retry-After, so that no queue grows without end.
LOCK_SECONDS = 3
STATEMENT_SECONDS = 5
IDLE_IN_TRANSACTION_SECONDS = 10
POOL_SECONDS = 3
# Longer than statement_timeout: a server that is up has answered by then, if only with that error.
SILENCE_SECONDS = 7
NETWORK = {
    "connect_timeout": LOCK_SECONDS,
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENCE_SECONDS * 1000,  # milliseconds
}


def configuration() -> dict[str, Any]:
    """Django's DATABASES["default"], from DATABASE_URL: SQLite for a first look, PostgreSQL for the rest."""
    config = _parsed(env_str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))
    if config["ENGINE"] == SQLITE:
        return config | _sqlite(config["NAME"])
    return config | _postgresql(config.get("OPTIONS", {}))


def _parsed(url: str) -> dict[str, Any]:
    """What a URL says. Raises ImproperlyConfigured without quoting it, as it may contain a password."""
    scheme, _, rest = url.partition("://")
    if Env.DB_SCHEMES.get(scheme.lower()) not in {SQLITE, POSTGRESQL}:
        raise ImproperlyConfigured(f"DATABASE_URL must be {FORMS}.")
    if scheme.lower() == "sqlite" and not rest.startswith(("/", ":memory:")):
        raise ImproperlyConfigured("DATABASE_URL: sqlite:// needs three slashes, as in sqlite:///db.sqlite3.")
    try:
        config: dict[str, Any] = Env.db_url_config(url)
    except ValueError:
        message = "DATABASE_URL cannot be read. Special characters in a password need percent-encoding."
        raise ImproperlyConfigured(message) from None
    if not config["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL must be {FORMS}.")
    return config


def _sqlite(name: str) -> dict[str, Any]:
    return {
        # A write transaction takes SQLite's one write lock at BEGIN: what row locks do on PostgreSQL.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL",
        },
        # A file, because threads that share a database in memory meet table locks.
        "TEST": {"NAME": f"{name}.test"},
    }


def _postgresql(options: dict[str, Any]) -> dict[str, Any]:
    bounds = {
        "lock_timeout": LOCK_SECONDS,
        "statement_timeout": env_int("STATEMENT_TIMEOUT", STATEMENT_SECONDS, least=0, most=86_400),
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_SECONDS,
    }
    settings = " ".join(f"-c {name}={seconds}s" for name, seconds in bounds.items())
    return {
        "ENGINE": POOLED_POSTGRESQL,
        "OPTIONS": NETWORK | options | {"options": settings},
        "CONN_MAX_AGE": 0,  # each request gives its connection back to the pool
        "POOL_OPTIONS": {
            "POOL_SIZE": env_int("DATABASE_POOL", 20, least=1, most=10_000),
            "TIMEOUT": POOL_SECONDS,
        },
    }
