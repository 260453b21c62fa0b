"""gunicorn's configuration, the only place that switches gevent on.

On PostgreSQL one gevent worker a core: a request that waits for an SMS costs a greenlet and no
connection. On SQLite one process with threads: it has one write lock for everybody.
"""

import gc
import os
import shutil
import tempfile
from typing import Any

from gunicorn import glogging
from psycopg2.extensions import set_wait_callback

from core import database, logs
from core.environment import env, env_str, read_env_file


class Logger(glogging.Logger):  # type: ignore[misc]  # untyped
    """gunicorn's own, without its line for each request: core/request_log.py writes that."""

    def access(self, *args: Any) -> None:
        """gunicorn's hook, which gathers all that could be told before it asks whether anybody listens."""


read_env_file()
on_postgresql = database.configuration()["ENGINE"] == database.POOLED_POSTGRESQL

wsgi_app = "core.wsgi:application"
bind = f"{env_str('HOST', '0.0.0.0')}:{env_str('PORT', '8000')}"  # noqa: S104, a server listens
workers = int(env_str("WEB_CONCURRENCY", "1"))
worker_class = "core.worker.Worker" if on_postgresql else "gthread"
worker_connections = 4000
threads = 32
backlog = 2048
graceful_timeout = 30
logger_class = Logger
logconfig_dict = logs.configuration(debug=env.bool("DEBUG", default=False))
forwarded_allow_ips = ""  # TRUSTED_PROXIES says whom to believe
control_socket_disable = True  # it would be shared by two servers, and fails on a read-only home

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: Any) -> None:
    """Give the workers a folder of their own to count in, before any of them can look for it."""
    os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="referral-metrics-")


def post_fork(server: Any, worker: Any) -> None:
    """Teach psycopg2 to wait as gevent does; each worker for itself."""
    if on_postgresql:
        from core.postgresql.waiting import wait_in_a_greenlet  # noqa: PLC0415, not without gevent

        set_wait_callback(wait_in_a_greenlet)


def post_worker_init(worker: Any) -> None:
    """Keep the garbage collector from what lives as long as the worker: a tenth of a busy one's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted stays; the connections that it had are gone."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415, after on_starting

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Take the folder away again."""
    shutil.rmtree(os.environ[METRICS_FOLDER], ignore_errors=True)
