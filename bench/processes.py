"""Linux processes, as directories under /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # per second


def cpu_seconds(process: Path) -> float:
    """User and system CPU time so far."""
    return sum(map(int, _after_name(process)[11:13])) / TICKS


def memory_mb(process: Path) -> float:
    """Resident memory in MiB."""
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def parent(process: Path) -> Path:
    """The parent process."""
    return process.parent / _after_name(process)[1]


def children(process: Path) -> list[Path]:
    """The running child processes."""
    numbers = (process / "task" / process.name / "children").read_text().split()
    return [process.parent / number for number in numbers]


def _after_name(process: Path) -> list[str]:
    return (process / "stat").read_text().rpartition(")")[2].split()
