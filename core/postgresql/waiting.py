"""How psycopg2 waits under gevent: as psycogreen does, but for a silent server no longer than is set."""

from typing import Any

import psycopg2
from psycogreen.gevent import gevent_wait_callback

from core.database import SILENCE_SECONDS


def wait_in_a_greenlet(connection: Any) -> None:
    """psycopg2's wait callback. Raises OperationalError, upon which psycopg2 closes the connection."""
    try:
        gevent_wait_callback(connection, timeout=SILENCE_SECONDS)
    except TimeoutError:
        raise psycopg2.OperationalError(f"PostgreSQL said nothing for {SILENCE_SECONDS} seconds.") from None
