"""Environment variables, from the process and from an .env file."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def read_env_file() -> None:
    """Load the variables of ENV_FILE (default: .env beside manage.py) that are not set yet.

    Raises ImproperlyConfigured if ENV_FILE names a file that does not exist.
    """
    name = env.str("ENV_FILE", default=".env")
    path = BASE_DIR / name
    if path.is_file():
        env.read_env(path)
    elif name not in ("", ".env"):
        raise ImproperlyConfigured(f"ENV_FILE: {path} does not exist.")


def env_str(name: str, default: str = "") -> str:
    """The value of a variable; the default if it is unset or empty, as it often is in compose files."""
    return str(env.str(name, default="")) or default


def env_list(name: str) -> list[str]:
    """The comma-separated values of a variable; none if it is unset or empty."""
    values: list[str] = env.list(name, default=[])
    return [value.strip() for value in values]
