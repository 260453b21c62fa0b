"""Metric files whose space is reserved before they are mapped into memory.

prometheus_client maps sparse files. If the disk is full when a page of one is first written, the kernel ends
the process by SIGBUS. Here a process without space keeps its metrics in memory, unseen by other workers.
"""

import logging
import mmap
import os
from functools import cache
from pathlib import Path
from typing import Any

from prometheus_client import mmap_dict, values

logger = logging.getLogger(__name__)

FIRST_SIZE = 1 << 16  # bytes, as in prometheus_client
HEADER = 8  # bytes
ENTRY_OVERHEAD = 32  # bytes, at most, of an entry besides its key


def install() -> None:
    """Make prometheus_client use ReservedDict. Call it before the first metric is created."""
    values.MmapedDict = ReservedDict  # type: ignore[attr-defined]


class ReservedDict(mmap_dict.MmapedDict):
    """A MmapedDict that writes to reserved space only."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:
        try:
            create(Path(filename))
        except OSError:
            self._leave_the_disk()
            self._m: Any = mmap.mmap(-1, FIRST_SIZE)
            self._positions: dict[str, int] = {}
            self._capacity, self._used = FIRST_SIZE, HEADER
        else:
            super().__init__(filename, read_mode)  # type: ignore[no-untyped-call]

    def _leave_the_disk(self) -> None:
        self._f: Any = Path(os.devnull).open("rb")  # noqa: SIM115, as long as the process
        warn()

    def _init_value(self, key: str) -> None:
        if self._used + len(key.encode()) + ENTRY_OVERHEAD > self._capacity:
            self._grow()
        super()._init_value(key)  # type: ignore[no-untyped-call]

    def _grow(self) -> None:
        """Double the size: in the file, or in memory if the disk has no space or the file was left before."""
        size = 2 * self._capacity
        try:
            reserve(self._f.fileno(), self._capacity)
            self._m = mmap.mmap(self._f.fileno(), size)
        except OSError:
            memory = mmap.mmap(-1, size)
            memory[: self._used] = self._m[: self._used]
            self._m = memory
            self._f.close()
            self._leave_the_disk()
        self._capacity = size


def create(path: Path) -> None:
    """Create the file with reserved space, unless it exists. Raises OSError if there is no space."""
    new = path.with_suffix(".new")  # MultiProcessCollector reads every .db file
    if path.exists():
        return
    try:
        with new.open("wb") as file:
            reserve(file.fileno(), FIRST_SIZE)
        new.rename(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def reserve(descriptor: int, size: int) -> None:
    """Append zeros: unlike posix_fallocate(3), every system has that. Raises OSError if the disk is full."""
    while size:
        size -= os.write(descriptor, bytes(size))


@cache
def warn() -> None:
    """Log the problem, once for each process."""
    logger.warning("There is no space for metrics: /metrics misses what this process counts from now on.")
