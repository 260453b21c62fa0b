"""The folder in TMPDIR through which the workers share their metrics."""

import fcntl
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

PREFIX = "referral-metric-files-"  # not that of version 0.1, whose folders have no lock


def create() -> Path | None:
    """A new folder, locked until the last process of this server ends; None if there is no space.

    Removes the folders of servers that were killed.
    """
    remove_abandoned()
    try:
        # Renamed once it is locked, so that no other server takes it for abandoned.
        new = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))
        lock(new)
        return new.rename(new.with_name(new.name.removeprefix(".")))
    except OSError as problem:
        logger.warning("There is no folder for metrics, so each worker serves its own: %s", problem)
        return None


def remove_abandoned() -> None:
    """Remove the folders whose server has ended. Those of other users cannot be opened, and stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            descriptor = lock(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def lock(folder: Path) -> int:
    """Lock the folder for this process and its children. Raises OSError if another server has locked it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
