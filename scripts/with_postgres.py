"""Run a command on a temporary PostgreSQL, passed to it as DATABASE_URL.

    python scripts/with_postgres.py pytest

If DATABASE_URL already names a PostgreSQL, the command uses that one. Sets TEST_VENDOR, with which the
tests check that they run on PostgreSQL.
"""

import os
import subprocess
import sys

from throwaway_postgres import throwaway_postgres


def main() -> int:
    """Run the command given by the arguments, and return its exit status."""
    environment = os.environ | {"TEST_VENDOR": "postgresql"}
    if environment.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    with throwaway_postgres() as server:
        environment["DATABASE_URL"] = server.get_uri()
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
