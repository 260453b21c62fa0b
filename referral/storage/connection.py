"""Giving a database connection back, and the exceptions of a database that is unavailable."""

from django.db import InterfaceError, OperationalError, connection

# A lost connection, a shutdown, a timeout of a lock, a statement or the pool: a retry will succeed.
OUTAGES = (OperationalError, InterfaceError)


def give_back_connection() -> None:
    """Return the connection to its pool, or close it, before waiting for anything but the database.

    Inside a transaction it is kept. Only a test's own transaction can be open here.
    """
    if not connection.in_atomic_block:
        connection.close()
