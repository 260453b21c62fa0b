"""The WSGI application, for any server. It never defaults to development: see manage.py."""

import os

from django.core.management import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

application = get_wsgi_application()
BaseCommand().check()  # what a system check refuses serves nobody
