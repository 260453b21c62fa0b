"""Django's PostgreSQL behind a pool, which looks whether a connection still stands before it hands it out."""

from typing import Any

from dj_db_conn_pool.backends.postgresql.base import DatabaseWrapper as PooledDatabaseWrapper
from sqlalchemy.pool import QueuePool

from core.postgresql.fair_queue import FairQueue

QueuePool._queue_class = FairQueue  # what SQLAlchemy's own pools choose theirs by


class Dialect(PooledDatabaseWrapper.SQLAlchemyDialect):  # type: ignore[misc]
    """Looks without asking: a round trip to PostgreSQL would take longer than many a statement."""

    def do_ping(self, dbapi_connection: Any) -> bool:
        """SQLAlchemy's hook: True. Raises OperationalError where the server has closed the connection.

        A server that ends says so and then closes: two things to read, so psycopg2 is made to read twice. It
        never waits. Where a server vanished without a word, TCP keepalives close the connection
        (core/database.py).
        """
        dbapi_connection.poll()
        dbapi_connection.poll()
        return True


class DatabaseWrapper(PooledDatabaseWrapper):  # type: ignore[misc]
    """Django's connection. Named as Django wants it of a database backend."""

    SQLAlchemyDialect = Dialect
