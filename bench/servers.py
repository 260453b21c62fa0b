"""Starts servers as in production, each with one worker."""

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

from bench import processes

ROOT = Path(__file__).parent.parent
START_UP = 60  # seconds


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server with one worker."""

    name: str
    url: str
    worker: Path
    started_in: float
    """Seconds from process start to the first answer."""

    def cpu_seconds(self) -> float:
        """CPU time of the worker so far."""
        return processes.cpu_seconds(self.worker)

    def memory_mb(self) -> float:
        """Resident memory of the worker in MiB."""
        return processes.memory_mb(self.worker)


@contextmanager
def serve(name: str, application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Run gunicorn with the service's configuration. Waits until it answers, and stops it at the end."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "-c", "core/gunicorn.py", application]
    began = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | {"PORT": port}, stdout=output, stderr=output
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, log)
        started_in = time.perf_counter() - began
        (worker,) = processes.children(Path("/proc") / str(process.pid))
        yield Server(name=name, url=url, worker=worker, started_in=started_in)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> str:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Wait for /readyz. Any response except 503 will do, because not every server has the endpoint."""
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
    raise SystemExit(f"The server did not start:\n{log.read_text()[-5000:]}")
