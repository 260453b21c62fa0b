"""Answers probes before the other middleware runs, except that of the security headers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.health import alive, ready
from core.metrics import metrics

View = Callable[[HttpRequest], HttpResponse]


class ProbesMiddleware:
    """Probes come from the internal network: any Host and plain HTTP are accepted, and nothing is logged."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.probes: dict[str, View] = {"/healthz": alive, "/readyz": ready}
        if settings.METRICS_TOKEN:
            self.probes["/metrics"] = metrics

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.probes.get(request.path, self.get_response)(request)
