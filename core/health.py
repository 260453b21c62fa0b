"""What a load balancer asks: does the process answer, and can it do its work?"""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from referral.db import OUTAGES


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
    except OUTAGES:
        return JsonResponse({"status": "not ready", "missing": ["database"]}, status=503)
    return JsonResponse({"status": "ready"})
