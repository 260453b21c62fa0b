import os
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict

from core.server import metric_files
from core.server.metric_files import FIRST_SIZE, ReservedDict

ROOT = Path(__file__).parents[3]
MANY = [f"key {number} {'.' * 100}" for number in range(1000)]  # more than FIRST_SIZE
# A worker: it counts, and prints what /metrics would. A file of more bytes than its argument is refused.
WORKER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from core.server import metric_files
metric_files.install()
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
counter = Counter("questions", "Questions.", ["kind"])
for kind in range(1000):
    counter.labels(kind).inc()
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


@pytest.fixture(autouse=True)
def once_more():
    metric_files.warn.cache_clear()


def written(path):
    return {key: value for key, value, _, _ in MmapedDict.read_all_values_from_file(path)}


def test_metrics_are_read_from_reserved_files(tmp_path, caplog):
    path = tmp_path / "counter_1.db"
    metrics = ReservedDict(str(path))
    assert path.stat().st_blocks * 512 >= FIRST_SIZE  # not sparse
    for number, key in enumerate(MANY):
        metrics.write_value(key, number, 0)
    metrics.close()
    assert written(path) == {key: number for number, key in enumerate(MANY)}
    assert path.stat().st_blocks * 512 >= path.stat().st_size > FIRST_SIZE
    assert (list(tmp_path.iterdir()), caplog.records) == ([path], [])


def test_a_file_of_the_same_process_is_continued(tmp_path):
    path = tmp_path / "counter_1.db"
    for value in (1.0, 2.0):
        metrics = ReservedDict(str(path))
        metrics.write_value(f"key {value}", value, 0)
        metrics.close()
    assert written(path) == {"key 1.0": 1.0, "key 2.0": 2.0}


def full(*_):
    raise OSError("No space left on device")


def test_without_space_metrics_are_kept_in_memory_and_that_is_logged_once(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(metric_files, "reserve", full)
    for name in ("counter_1.db", "histogram_1.db"):
        metrics = ReservedDict(str(tmp_path / name))
        for number, key in enumerate(MANY):
            metrics.write_value(key, number, 0)
        assert [metrics.read_value(key)[0] for key in MANY] == list(range(1000))
        metrics.close()
    assert list(tmp_path.iterdir()) == []
    (record,) = caplog.records
    assert record.getMessage().startswith("There is no space for metrics")


def test_a_file_that_cannot_grow_goes_on_in_memory(tmp_path, monkeypatch, caplog):
    path = tmp_path / "counter_1.db"
    metrics = ReservedDict(str(path))
    metrics.write_value("first", 1, 0)
    with monkeypatch.context() as patch:
        patch.setattr(metric_files, "reserve", full)
        for key in MANY[:600]:
            metrics.write_value(key, 2, 0)
    for key in MANY[600:]:  # there is space again, but the file is behind
        metrics.write_value(key, 2, 0)
    assert [metrics.read_value(key)[0] for key in ("first", *MANY)] == [1, *[2] * 1000]
    assert (written(path)["first"], len(caplog.records)) == (1, 1)
    metrics.close()


@pytest.mark.parametrize(
    ("limit", "served", "complaints"),
    [(10_000_000, range(1000, 1001), 0), (FIRST_SIZE, range(1, 1000), 1), (0, range(1), 1)],
)
def test_a_worker_on_a_full_disk_goes_on(tmp_path, limit, served, complaints):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(limit)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("questions_total{") in served
    assert done.stderr.count("There is no space for metrics") == complaints
