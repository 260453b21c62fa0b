"""The WSGI application. It never defaults to development mode, unlike manage.py."""

import logging
import os
from typing import Any

from django.core.checks import run_checks
from django.core.handlers.wsgi import WSGIRequest
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """A request with any Content-Type. Django fails on some charsets, and on unknown ones of RFC 2231."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Leave the encoding of the query string alone: a URL is UTF-8, whatever the charset of the body."""
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", {}


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

application = get_wsgi_application()
application.request_class = Request

# Without a database, which may be away for now: Django 6.1 would look into each.
findings = [finding for finding in run_checks(databases=[]) if not finding.is_silenced()]
for finding in findings:
    logging.getLogger(__name__).log(finding.level, "%s", finding)
if any(finding.is_serious() for finding in findings):
    raise SystemCheckError("The server cannot start with these settings.")
