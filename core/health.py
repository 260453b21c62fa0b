"""What a load balancer asks: does the process answer, and can it do its work?"""

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from referral.db import OUTAGES

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all. Touches nothing else."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, otherwise 503 with the name of what is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OUTAGES as outage:
        logger.warning("Not ready: %s", " ".join(str(outage).split()))
        return JsonResponse({"status": "not ready", "missing": ["database"]}, status=503)
    return JsonResponse({"status": "ready"})


PROBES = {"/healthz": alive, "/readyz": ready}


class HealthMiddleware:
    """Answers probes before anything else looks at them.

    Whoever asks stands inside: they may use any Host and plain HTTP, and leave no line in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path, self.get_response)(request)
