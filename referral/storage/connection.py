"""How long a database connection is held, and what it means to have none."""

from django.db import InterfaceError, OperationalError, connection

# Lost, shut down, waited too long for a lock, a statement or a connection: all pass by themselves.
OUTAGES = (OperationalError, InterfaceError)


def give_back_connection() -> None:
    """Close the connection, or return it to its pool, before waiting for something that is not the database.

    Inside a transaction it stays: only a test's own transaction can be open here.
    """
    if not connection.in_atomic_block:
        connection.close()
