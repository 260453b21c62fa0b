"""Django's development server on PORT, with a banner of what it serves."""

import os
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import runserver
from django.core.management.base import CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from core.port import PortProblem, require_free

BANNER = """
The page   {url}/
GraphiQL   {url}/graphql
Reference  {url}/docs/ (after make docs)
Admin      {url}/admin/ (after .venv/bin/python manage.py createsuperuser)

{mode}
Press Ctrl-C to stop.
"""
DEMONSTRATION = "This is a demonstration: the answers contain the sign-in codes."
NO_DEMONSTRATION = "The answers do not contain the sign-in codes: DEMO_CODES is off."
HERE = {"127.0.0.1", "0.0.0.0", "0", "::1", "::"}  # noqa: S104, the addresses are only compared


class Command(runserver.Command):
    """`runserver` of Django's staticfiles."""

    addr: str
    port: str

    def handle(self, *args: Any, **options: Any) -> None:
        self.default_port = str(settings.PORT)
        super().handle(*args, **options)

    def run(self, **options: Any) -> None:
        """Serve. Raises CommandError if the port is in use."""
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":  # its child starts when a file has changed
            try:
                require_free(self.port, self.addr)
            except PortProblem as problem:
                raise CommandError(str(problem)) from None
        super().run(**options)

    def on_bind(self, server_port: int) -> None:
        """Write the banner at once, even into a pipe."""
        name = f"[{self.addr}]" if ":" in self.addr else self.addr
        host = "localhost" if self.addr in HERE else name
        mode = DEMONSTRATION if settings.DEMO_CODES else NO_DEMONSTRATION
        self.stdout.write(BANNER.format(url=f"http://{host}:{server_port}", mode=mode))
        self.stdout.flush()
