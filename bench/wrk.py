"""Runs wrk against a server, and measures both."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from bench import postgresql
from bench.loads import Request
from bench.servers import Server

SCRIPT = Path(__file__).parent / "requests.lua"
THREADS, CONNECTIONS = 2, 32


@dataclass(frozen=True, kw_only=True)
class Round:
    """The results of one round on one server: latencies, and CPU time and memory of its worker."""

    per_second: float
    median_ms: float
    p99_ms: float
    cpu_share: float
    """The share of one core that the worker used."""
    cpu_ms: float
    """CPU time of the worker per request."""
    postgresql_ms: float
    """CPU time of PostgreSQL per request, including its background processes."""
    memory_mb: float
    """Resident memory after the round, in MiB."""
    failed: int
    """Errors, and answers without the expected text."""


def require() -> None:
    """Exit with a message if wrk is not installed."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk (https://github.com/wg/wrk).")


def load(server: Server, path: str, requests: list[Request], *, expected: str, seconds: float) -> Round:
    """Send the requests in turn for `seconds`. Every successful answer contains `expected`."""
    with NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{request.token}\t{request.body}\n" for request in requests)
        file.flush()
        before, before_there = server.cpu_seconds(), postgresql.cpu_seconds()
        done = _wrk(f"{server.url}{path}", file.name, expected, seconds)
        spent, spent_there = server.cpu_seconds() - before, postgresql.cpu_seconds() - before_there
    return Round(
        per_second=done["requests"] / done["seconds"],
        median_ms=done["median_ms"],
        p99_ms=done["p99_ms"],
        cpu_share=spent / done["seconds"],
        cpu_ms=spent / done["requests"] * 1000,
        postgresql_ms=spent_there / done["requests"] * 1000,
        memory_mb=server.memory_mb(),
        failed=int(done["failed"]),
    )


def _wrk(url: str, file: str, expected: str, seconds: float) -> dict[str, float]:
    size = ["-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "30s"]
    command = ["wrk", *size, "-s", str(SCRIPT), url, "--", file, expected, str(THREADS)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    done: dict[str, float] = json.loads(output.splitlines()[-1])
    return done
