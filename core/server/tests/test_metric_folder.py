import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from core.server import metric_folder

ROOT = Path(__file__).parents[3]
SERVER = (
    "import sys; from core.server import metric_folder; print(metric_folder.create(), flush=True); input()"
)


@pytest.fixture
def shared(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def start(shared):
    """Another server, and its folder."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env={"TMPDIR": str(shared)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    return server, Path(server.stdout.readline().strip())


def test_the_folder_of_a_killed_server_is_removed_and_no_other(shared):
    (shared / "something else").mkdir()
    running, kept = start(shared)
    killed, abandoned = start(shared)
    with running:
        with killed:
            killed.kill()
        assert abandoned.is_dir()
        ours = metric_folder.create()
        assert ours
        assert set(shared.iterdir()) == {ours, kept, shared / "something else"}
        assert ours.name.startswith("referral-metric-files-")
        running.kill()


def test_without_space_there_is_no_folder(shared, monkeypatch, caplog):
    def full(**_):
        raise OSError("No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert metric_folder.create() is None
    (record,) = caplog.records
    assert "each worker serves its own: No space left on device" in record.getMessage()
