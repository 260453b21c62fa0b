#!/usr/bin/env python
"""Django's command line. It defaults to development mode; core/wsgi.py never does."""

import os
import sys

from django.core.management import execute_from_command_line

from core.environment import read_env_file


def main() -> None:
    """Run the command given by the arguments."""
    read_env_file()  # first, so that DEBUG in an .env file overrides the default below
    os.environ.setdefault("DEBUG", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
