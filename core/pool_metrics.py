"""How much of the pools of database connections is in use, added up over all workers."""

from typing import Any

from prometheus_client import Gauge
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

CHECKED_OUT = "checked out"


def watch(size: int) -> None:
    """Follow this process's pool, of at most `size` connections. Called once, and only where there is one."""
    _gauge("max", "Connections to PostgreSQL that the workers may open.").set(size)
    opened = _gauge("open", "Connections to PostgreSQL that are open.")
    in_use = _gauge("in_use", "Connections to PostgreSQL that requests hold.")

    def on_checkout(connection: Any, record: Any, *_: Any) -> None:
        record.record_info[CHECKED_OUT] = True
        in_use.inc()

    def on_checkin(connection: Any, record: Any) -> None:
        # One that cannot be made, or proves dead, is checked in without ever having been checked out.
        if record.record_info.pop(CHECKED_OUT, False):
            in_use.dec()

    event.listen(QueuePool, "connect", lambda *_: opened.inc())
    event.listen(QueuePool, "close", lambda *_: opened.dec())
    event.listen(QueuePool, "checkout", on_checkout)
    event.listen(QueuePool, "checkin", on_checkin)


def _gauge(name: str, text: str) -> Gauge:
    """A sum over the workers that are alive: a scrape meets one of them, and asks after all."""
    return Gauge(f"referral_database_connections_{name}", text, multiprocess_mode="livesum")
