"""Servers, each with one worker, started as in production: the service, the limit, and a REST view."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
START_UP = 60  # seconds
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in /proc


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running one. What it spends is what its worker spends."""

    name: str
    url: str
    worker: Path
    started_in: float
    """Seconds from the start of its process to its first answer."""

    def cpu_seconds(self) -> float:
        """Processor time so far, of the program and of the system for it."""
        after_name = (self.worker / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / TICKS

    def memory_mb(self) -> float:
        """Resident memory, in units of 1024 × 1024 bytes."""
        lines = (self.worker / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def serve(name: str, application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Start gunicorn with the service's configuration and wait until it answers; stop it in the end."""
    port = _free_port()
    # Without a timeout: where a virtual machine is paused for a while, no worker is to blame.
    gunicorn = ["-m", "gunicorn", "-c", "core/gunicorn.py", "--timeout", "0", application]
    command = [sys.executable, "-W", "ignore", *gunicorn]
    began = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | {"PORT": port}, stdout=output, stderr=output
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, log)
        started_in = time.perf_counter() - began
        yield Server(name=name, url=url, worker=_worker(process), started_in=started_in)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _free_port() -> str:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Whatever is answered will do where there is no /readyz."""
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(f"{url}/readyz", timeout=5).close()
        except HTTPError as answered:
            if answered.code != 503:
                return
        except (URLError, ConnectionError, TimeoutError):
            pass
        else:
            return
        time.sleep(0.01)
    raise SystemExit(f"A server did not start:\n{log.read_text()[-5000:]}")


def _worker(process: "subprocess.Popen[bytes]") -> Path:
    (worker,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return Path("/proc") / worker
