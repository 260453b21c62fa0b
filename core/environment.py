"""The process environment, completed from a .env file beside manage.py."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def read_env_file() -> None:
    """Take the variables of .env that the environment does not set already. No file, no change."""
    path = BASE_DIR / ".env"
    if path.exists():
        env.read_env(path)
