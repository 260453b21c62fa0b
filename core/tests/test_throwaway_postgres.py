"""scripts/with_postgres.py starts a PostgreSQL that shares nothing with other accounts."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "with_postgres.py"
PRINT = "import os; print(*os.listdir(os.environ['TMPDIR']))"


def test_only_a_private_folder_appears_in_the_shared_temporary_one(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-W", "ignore", str(SCRIPT), sys.executable, "-c", PRINT]
    shared = {"TMPDIR": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "missing")}
    done = subprocess.run(
        command, env=environment | shared, check=True, capture_output=True, text=True, timeout=120
    )
    (entry,) = done.stdout.split()
    assert entry.startswith("postgres-")
    assert list(tmp_path.iterdir()) == []
