"""The process environment, completed from a file."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def read_env_file() -> None:
    """Take what ENV_FILE (.env beside manage.py) says and the environment does not. No file, no change."""
    path = BASE_DIR / env.str("ENV_FILE", default=".env")
    if path.is_file():
        env.read_env(path)
