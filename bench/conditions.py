"""The conditions of a measurement."""

import os
import platform
from pathlib import Path

from django.db import connection

from bench import wrk
from bench.contenders import RAISED


def conditions(rounds: int, seconds: int) -> str:
    """The machine, the versions and the load, as lines of text."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgresql,) = cursor.fetchone()
    return (
        f"{os.cpu_count()} cores of {_processor()} for everything: servers with one worker each, PostgreSQL "
        f"{postgresql}, Python {platform.python_version()} and wrk.\n"
        f"Medians of {rounds} interleaved rounds of {seconds} s; wrk -t {wrk.THREADS} -c {wrk.CONNECTIONS}.\n"
        f"Limits raised: {', '.join(f'{name}={value}' for name, value in RAISED.items())}."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.machine())
