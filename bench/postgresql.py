"""The CPU time of PostgreSQL, if it runs on this machine."""

from pathlib import Path

from django.db import connection

from bench import processes


def cpu_seconds() -> float:
    """CPU time of all server processes so far; 0 if the server runs on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backends = cursor.fetchall()
    backend = Path("/proc") / str(backends[0][0])
    if not backend.exists() or "postgres" not in (backend / "cmdline").read_text():
        return 0
    return sum(map(processes.cpu_seconds, processes.children(processes.parent(backend))))
