"""Liveness and readiness probes for load balancers."""

import logging
from collections.abc import Iterator
from threading import Event

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import __version__
from referral.budgets import rate_limits
from referral.storage.connection import MIGRATE, OUTAGES, reason_of

logger = logging.getLogger(__name__)

# Without Redis each process counts client budgets on its own. That is worth reporting, but sign-in works.
DISPENSABLE = {"redis"}

_migrated = Event()


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process responds. Does not touch the database or Redis."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 if the service can handle requests, otherwise 503; both show the version and what is missing."""
    missing = list(_missing())
    answer = {"status": "ready", "version": __version__}
    if not missing:
        return JsonResponse(answer)
    if DISPENSABLE.issuperset(missing):
        return JsonResponse(answer | {"missing": missing})
    return JsonResponse(answer | {"status": "not ready", "missing": missing}, status=503)


def _missing() -> Iterator[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated():
            logger.warning("Not ready: there are unapplied migrations; %s", MIGRATE)
            yield "migrations"
    except OUTAGES as outage:
        logger.warning("Not ready: %s", reason_of(outage))
        yield "database"
    if not rate_limits.redis_answers():
        yield "redis"


def _is_migrated() -> bool:
    """Whether every migration is applied. Remembered once true, because the check is slow."""
    if not _migrated.is_set():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _migrated.set()
    return _migrated.is_set()
