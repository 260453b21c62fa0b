"""A running server: its process, output and port."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

START_UP = 300  # seconds: the first start installs all packages


class Server:
    def __init__(self, process, log, port):
        self.process, self.log, self.port = process, log, port
        self.url = f"http://localhost:{port}"

    def output(self):
        return self.log.read_text()

    def wait_until_ready(self):
        deadline = time.monotonic() + START_UP
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        pytest.fail(f"the server did not start:\n{self.output()}")

    def master(self):
        """The process id of the gunicorn under `make`."""
        (master,) = children(self.process.pid)
        return master

    def workers(self):
        return children(self.master())

    def interrupt(self):
        """Ctrl-C: the terminal signals the whole process group."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


def children(process):
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
