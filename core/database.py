"""The database settings, from DATABASE_URL, and the time limit of every wait for it."""

from typing import Any

from core.environment import BASE_DIR, env, env_str

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
POOLED_POSTGRESQL = "core.postgresql"

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
    url = env_str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    config: dict[str, Any] = env.db_url_config(url)
    if config["ENGINE"] == SQLITE:
        return config | _sqlite(config["NAME"])
    if config["ENGINE"] == POSTGRESQL:
        return config | _postgresql(config.get("OPTIONS", {}))
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
        "statement_timeout": int(env_str("STATEMENT_TIMEOUT", str(STATEMENT_SECONDS))),
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_SECONDS,
    }
    settings = " ".join(f"-c {name}={seconds}s" for name, seconds in bounds.items())
    return {
        "ENGINE": POOLED_POSTGRESQL,
        "OPTIONS": NETWORK | options | {"options": settings},
        "CONN_MAX_AGE": 0,  # each request gives its connection back to the pool
        "POOL_OPTIONS": {"POOL_SIZE": int(env_str("DATABASE_POOL", "20")), "TIMEOUT": POOL_SECONDS},
    }
