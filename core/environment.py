"""The process environment, completed from a file."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def read_env_file() -> None:
    """Take what ENV_FILE (.env beside manage.py) says and the environment does not.

    Raises ImproperlyConfigured if a file is named that is not there.
    """
    name = env.str("ENV_FILE", default=".env")
    path = BASE_DIR / name
    if path.is_file():
        env.read_env(path)
    elif name not in ("", ".env"):
        raise ImproperlyConfigured(f"ENV_FILE: there is no file {path}.")


def env_str(name: str, default: str = "") -> str:
    """A variable's value; the default if it is empty or missing, as compose files and .env often have it."""
    return str(env.str(name, default="")) or default


def env_list(name: str) -> list[str]:
    """A variable's values, separated by commas; none if it is empty or missing."""
    values: list[str] = env.list(name, default=[])
    return [value.strip() for value in values]
