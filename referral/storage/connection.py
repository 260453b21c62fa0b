"""Giving a database connection back, and the exceptions of a database that cannot be used."""

import re

from django.db import DatabaseError, InterfaceError, OperationalError, connection

# A lost connection, a shutdown, a timeout of a lock, a statement or the pool: a retry will succeed.
OUTAGES = (OperationalError, InterfaceError)
UNDEFINED = {"42P01", "42703"}  # PostgreSQL's codes of an undefined table and an undefined column
MISSING_IN_SQLITE = re.compile(r"no such (table|column): |table \S+ has no column named ")
MIGRATE = "run: python manage.py migrate"


def give_back_connection() -> None:
    """Return the connection to its pool, or close it, before waiting for anything but the database.

    Inside a transaction it is kept. Only a test's own transaction can be open here.
    """
    if not connection.in_atomic_block:
        connection.close()


def lacks_migrations(error: BaseException | None) -> bool:
    """Whether a statement failed because a table or a column is missing."""
    if not isinstance(error, DatabaseError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code in UNDEFINED or bool(MISSING_IN_SQLITE.match(str(error)))


def is_outage(error: BaseException | None) -> bool:
    """Whether the database was unavailable, overloaded or without its tables."""
    return isinstance(error, OUTAGES) or lacks_migrations(error)


def reason_of(outage: BaseException) -> str:
    """An outage in one line for the log, with what the operator can do."""
    reason = " ".join(str(outage).split())
    return f"{reason}; {MIGRATE}" if lacks_migrations(outage) else reason
