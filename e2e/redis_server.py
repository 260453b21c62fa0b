"""A Redis server that a test can freeze, kill and start while the service runs. It does not persist data."""

import signal
import subprocess
import time
from contextlib import contextmanager

from ports import free_port, is_open


class Redis:
    def __init__(self, program):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.command = [program, "--port", str(self.port), "--save", ""]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        while not is_open(self.port):
            assert self.process.poll() is None, "redis-server did not start"
            time.sleep(0.05)

    def freeze(self):
        """Stop responding, while connections are still accepted."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=10)


@contextmanager
def redis(program):
    server = Redis(program)
    try:
        yield server
    finally:
        server.kill()
