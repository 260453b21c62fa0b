"""A PostgreSQL that a check may stop and start under the service's feet."""

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
        """End at once, whatever is under way: the next start recovers from the write-ahead log."""
        process = self.server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)

    def crowd_out(self, seconds):
        """Hold every connection that PostgreSQL allows for so long, also those that somebody had."""
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
    with throwaway_postgres() as server:
        yield Postgres(server)
