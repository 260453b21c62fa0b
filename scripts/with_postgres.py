"""Run a command with DATABASE_URL naming a PostgreSQL that is started for it and removed after it.

    python scripts/with_postgres.py pytest

Where DATABASE_URL names a PostgreSQL already, the command gets that one. TEST_VENDOR tells a test
run which database it must meet.
"""

import os
import subprocess
import sys

from throwaway_postgres import throwaway_postgres


def main() -> int:
    """Run the command that the arguments name, and return its exit status."""
    environment = os.environ | {"TEST_VENDOR": "postgresql"}
    if environment.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    with throwaway_postgres() as server:
        environment["DATABASE_URL"] = server.get_uri()
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
