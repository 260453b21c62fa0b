"""Loads a production server for ten minutes, and checks that it does not grow.

    python scripts/with_postgres.py python -m bench.soak --seconds 600

Samples the memory and open files of the server's processes and its connections to PostgreSQL. The first third
warms up. Returns 1 if a line through the rest rises by more than ALLOWED, or if the server failed a request.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import fmean, linear_regression
from tempfile import TemporaryDirectory

import psycopg2

from bench import processes
from bench.servers import ROOT, Server, serve
from bench.visitors import Visitors

VISITORS = 24
SAMPLES = 60
WARM_UP = 1 / 3  # of the time
# The largest rise over the rest of the time that counts as flat: noise, not growth.
ALLOWED = {"memory": (0.05, 5), "files": (0, 10), "connections": (0, 10)}  # of the mean, or absolute
METRICS_TOKEN = "a token for the metrics of this run"  # noqa: S105, of a temporary server
CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Sample:
    """The server at one moment, `at` seconds after the start."""

    at: float
    memory: float  # resident, of master and worker, in MiB
    files: int
    connections: int


def main() -> int:
    """Run the load, print samples, counts and a verdict. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    seconds = parser.parse_args().seconds
    with TemporaryDirectory(prefix="soak-") as folder, _server(log := Path(folder) / "log") as server:
        visitors = Visitors(int(server.url.rpartition(":")[2]), METRICS_TOKEN)
        samples = asyncio.run(_load(server, visitors, seconds))
        visitors.errors.update(_errors_in(log))
    _report(visitors, seconds)
    flat = [_is_flat(name, samples) for name in ALLOWED]
    return int(not all(flat) or bool(visitors.errors))


def _report(visitors: Visitors, seconds: int) -> None:
    for (what, outcome), number in sorted(visitors.done.items()):
        print(f"{number:8} {what}: {outcome}")
    print(f"{visitors.done.total():8} in all, {visitors.done.total() / seconds:.0f} a second")
    print(f"{visitors.errors.total():8} errors")
    for what, number in visitors.errors.most_common(20):
        print(f"{number:8} {what}")


def _errors_in(log: Path) -> Counter[str]:
    """The errors that the server logged: the last line of each traceback, or the message."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    errors = [line for line in lines if line["level"] == "ERROR"]
    return Counter(f"logged: {line.get('exc_info', line['message']).splitlines()[-1]}" for line in errors)


@contextmanager
def _server(log: Path) -> Iterator[Server]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {
        "ENV_FILE": "",
        "TMPDIR": str(log.parent),  # of its own: another server may tidy the shared one
        "DEBUG": "false",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "SECRET_KEY": "a key for this run, of more than thirty-two bytes",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXIES": "1",
        "DEMO_CODES": "true",
        "SMS_URL": "console://?delay=0.1-1",
        "METRICS_TOKEN": METRICS_TOKEN,
    }
    for command in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
        run = [sys.executable, "-W", "ignore", "manage.py", *command]
        subprocess.run(run, cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL)
    with serve("soak", "core.wsgi:application", environment, log) as server:
        yield server


async def _load(server: Server, visitors: Visitors, seconds: int) -> list[Sample]:
    began, samples = time.monotonic(), []
    print(f"{'s':>6} {'MiB':>8} {'files':>6} {'connections':>12} {'requests':>9}")
    async with asyncio.TaskGroup() as tasks:
        for _ in range(VISITORS):
            tasks.create_task(visitors.visit(began + seconds))
        while time.monotonic() < began + seconds:
            await asyncio.sleep(seconds / SAMPLES)
            at, memory, files, connections = astuple(sample := _sample(server, time.monotonic() - began))
            samples.append(sample)
            total = visitors.done.total()
            print(f"{at:6.0f} {memory:8.1f} {files:6} {connections:12} {total:9}", flush=True)
    return samples


def _sample(server: Server, at: float) -> Sample:
    run = [processes.parent(server.worker), server.worker]
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(CONNECTIONS)
            ((connections,),) = cursor.fetchall()
    finally:
        connection.close()
    memory = sum(map(processes.memory_mb, run))
    return Sample(at, memory, sum(len(list((each / "fd").iterdir())) for each in run), connections)


def _is_flat(name: str, samples: list[Sample]) -> bool:
    """Whether a line through the samples after the warm-up rises by no more than is allowed. Prints it."""
    rest = samples[int(len(samples) * WARM_UP) :]
    times, values = [each.at for each in rest], [float(getattr(each, name)) for each in rest]
    slope, _ = linear_regression(times, values)
    share, absolute = ALLOWED[name]
    rise, allowed = slope * (times[-1] - times[0]), max(share * fmean(values), absolute)
    verdict = "flat" if rise <= allowed else "GROWS"
    print(
        f"{name:12} {verdict}: {slope * 3600:+.2f} an hour, {rise:+.2f} in {times[-1] - times[0]:.0f} s "
        f"({allowed:.1f} allowed), {values[0]:.0f} to {values[-1]:.0f}, at most {max(values):.0f}"
    )
    return rise <= allowed


if __name__ == "__main__":
    sys.exit(main())
