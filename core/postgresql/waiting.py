"""psycopg2's wait callback under gevent: psycogreen's, with a timeout for a server that stops responding."""

from typing import Any

import psycopg2
from psycogreen.gevent import gevent_wait_callback

from core.database import SILENCE_SECONDS


def wait_in_a_greenlet(connection: Any) -> None:
    """Yield to other greenlets. After SILENCE_SECONDS raises OperationalError; psycopg2 then disconnects."""
    try:
        gevent_wait_callback(connection, timeout=SILENCE_SECONDS)
    except TimeoutError:
        raise psycopg2.OperationalError(
            f"PostgreSQL did not respond for {SILENCE_SECONDS} seconds."
        ) from None
