"""Environment variables, from the process and from an .env file."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent
TRUE, FALSE = {"true", "on", "yes", "y", "ok", "1"}, {"false", "off", "no", "n", "0"}
LARGEST = 2**31 - 1  # fits an integer column


def read_env_file() -> None:
    """Load the variables of ENV_FILE (default: .env beside manage.py) that are not set yet.

    Raises ImproperlyConfigured if ENV_FILE names a file that does not exist, or one that is not UTF-8.
    """
    name = os.environ.get("ENV_FILE", ".env")
    path = BASE_DIR / name
    if path.is_file():
        try:
            Env.read_env(path, encoding="utf-8-sig")  # Windows editors begin a file with a byte-order mark
        except UnicodeDecodeError:
            raise ImproperlyConfigured(f"ENV_FILE: {path} is not UTF-8.") from None
    elif name not in ("", ".env"):
        raise ImproperlyConfigured(f"ENV_FILE: {path} does not exist.")


def env_str(name: str, default: str = "") -> str:
    """The value of a variable; the default if it is unset or empty, as it often is in compose files.

    Verbatim: django-environ takes a value that begins with $ for the name of another variable.
    """
    return os.environ.get(name, "") or default


def env_list(name: str) -> list[str]:
    """The comma-separated values of a variable; none if it is unset or empty."""
    return [value.strip() for value in env_str(name).split(",") if value.strip()]


def env_int(name: str, default: int, *, least: int = 0, most: int = LARGEST) -> int:
    """The whole number in a variable. Raises ImproperlyConfigured if it is none, or out of range."""
    try:
        number = int(env_str(name, str(default)))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, such as {default}.") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")
    return number


def env_float(name: str, default: float) -> float:
    """The number in a variable. Raises ImproperlyConfigured if it is none."""
    try:
        return float(env_str(name, str(default)))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, such as {default}.") from None


def env_bool(name: str, *, default: bool) -> bool:
    """The truth value in a variable. Raises ImproperlyConfigured if it is none."""
    value = env_str(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false.")
    return value in TRUE
