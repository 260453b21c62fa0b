"""gunicorn's configuration, the only place that enables gevent.

On PostgreSQL: one gevent worker per core. A request that waits for an SMS gateway costs a greenlet, not a
connection. On SQLite, which has a single write lock: one process with threads.
"""

import gc
import os
import resource
import shutil
from typing import Any

from gunicorn import glogging
from psycopg2.extensions import set_wait_callback

from core import database, listening, logs
from core.environment import env_bool, env_str, read_env_file
from core.server import metric_folder


class Logger(glogging.Logger):  # type: ignore[misc]  # untyped
    """gunicorn's logger without access lines: core/middleware/request_log.py writes one per request."""

    def access(self, *args: Any) -> None:
        """Do nothing. gunicorn's own method collects every field even if access logging is off."""


read_env_file()
on_postgresql = database.configuration()["ENGINE"] == database.POOLED_POSTGRESQL

wsgi_app = "core.wsgi:application"
bind = listening.bind()
workers = listening.workers()
worker_class = "core.server.gevent_worker.Worker" if on_postgresql else "core.server.thread_worker.Worker"
worker_connections = 4000
threads = 32
backlog = 2048
graceful_timeout = 30
logger_class = Logger
logconfig_dict = logs.configuration(debug=env_bool("DEBUG", default=False))
forwarded_allow_ips = ""  # forwarded headers are read by the middleware, which applies TRUSTED_PROXIES
control_socket_disable = True  # two servers would share it, and it fails if the home directory is read-only

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: Any) -> None:
    """Allow a file descriptor for each connection, and create the metrics directory if metrics are served."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.pop(METRICS_FOLDER, None)
    if env_str("METRICS_TOKEN") and (folder := metric_folder.create()):
        os.environ[METRICS_FOLDER] = str(folder)


def post_fork(server: Any, worker: Any) -> None:
    """Reserve the space of metrics, and make psycopg2 yield to other greenlets. Runs in each worker."""
    if METRICS_FOLDER in os.environ:
        from core.server import metric_files  # noqa: PLC0415, prometheus_client reads the variable on import

        metric_files.install()
    if on_postgresql:
        from core.postgresql.waiting import wait_in_a_greenlet  # noqa: PLC0415, imports gevent

        set_wait_callback(wait_in_a_greenlet)


def post_worker_init(worker: Any) -> None:
    """Hash passwords beside the greenlets, and tune garbage collection.

    Long-lived objects are excluded from it: it took a tenth of a busy worker's time.
    """
    if on_postgresql:
        from gevent import get_hub  # noqa: PLC0415, not in the parent process

        from core.password_hasher import PasswordHasher  # noqa: PLC0415, needs the settings

        PasswordHasher.run = get_hub().threadpool.apply
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def child_exit(server: Any, worker: Any) -> None:
    """Drop the gauges of a worker that exited, such as its connections. Its counters stay."""
    if METRICS_FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415, after on_starting

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Remove the metrics directory."""
    if folder := os.environ.get(METRICS_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
