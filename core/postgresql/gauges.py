"""Gauges of the database connections, summed over all workers."""

from prometheus_client import Gauge


def _gauge(name: str, text: str) -> Gauge:
    """Summed over live workers: a scrape reaches one of them, and reports all."""
    return Gauge(f"referral_database_connections_{name}", text, multiprocess_mode="livesum")


AT_MOST = _gauge("max", "Connections to PostgreSQL that the workers may open.")
OPEN = _gauge("open", "Connections to PostgreSQL that are open.")
IN_USE = _gauge("in_use", "Connections to PostgreSQL that are in use.")
