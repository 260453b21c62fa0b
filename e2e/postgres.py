"""A PostgreSQL server that a test can stop and start while the service runs."""

import signal
import time
from contextlib import contextmanager

import psycopg2
from throwaway_postgres import throwaway_postgres

END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND application_name <> 'crowd'"
)


class Postgres:
    def __init__(self, server):
        self.server, self.url = server, server.get_uri()

    def stop(self):
        self.server.stop()

    def start(self):
        self.server.ensure_postgres_running()

    def crash(self):
        """Stop immediately, without a checkpoint: the next start recovers from the write-ahead log."""
        process = self.server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)

    def crowd_out(self, seconds):
        """Take all connections that PostgreSQL allows for some seconds, terminating existing ones."""
        held, end = [psycopg2.connect(self.url, application_name="crowd")], time.monotonic() + seconds
        held[0].autocommit = True
        while time.monotonic() < end:
            try:
                held.append(psycopg2.connect(self.url, application_name="crowd"))
            except psycopg2.OperationalError:  # too many clients already
                held[0].cursor().execute(END_OTHERS)
                time.sleep(0.05)
        for connection in held:
            connection.close()

    def ask(self, statement):
        """Run a statement on a new connection, and return its rows."""
        connection = psycopg2.connect(self.url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()

    def connections(self):
        """The number of open connections of the service, and how many of them are not idle."""
        ((opened, busy),) = self.ask(
            "SELECT count(*), count(*) FILTER (WHERE state <> 'idle') FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return opened, busy


@contextmanager
def postgres():
    with throwaway_postgres() as server:
        yield Postgres(server)
