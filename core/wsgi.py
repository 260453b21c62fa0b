"""The WSGI application. It never defaults to development mode, unlike manage.py."""

import logging
import os

from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

application = get_wsgi_application()

# Without a database, which may be away for now: Django 6.1 would look into each.
findings = [finding for finding in run_checks(databases=[]) if not finding.is_silenced()]
for finding in findings:
    logging.getLogger(__name__).log(finding.level, "%s", finding)
if any(finding.is_serious() for finding in findings):
    raise SystemCheckError("The server cannot start with these settings.")
