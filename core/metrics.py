"""/metrics for Prometheus: the metrics of all workers, protected by METRICS_TOKEN."""

import hmac
import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """200 if the bearer token is METRICS_TOKEN, otherwise 401."""
    if not _is_allowed(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(_registry()), content_type=content_type)


def _is_allowed(request: HttpRequest) -> bool:
    brought = request.headers.get("Authorization", "")
    return hmac.compare_digest(brought.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())


def _registry() -> CollectorRegistry:
    """The metrics of all workers under gunicorn, otherwise of this process."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
