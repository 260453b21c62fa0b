"""How long a database connection is held."""

from django.db import connection


def give_back_connection() -> None:
    """Close the connection, or return it to its pool, before waiting for something that is not the database.

    Inside a transaction it stays: only a test's own transaction can be open here.
    """
    if not connection.in_atomic_block:
        connection.close()
