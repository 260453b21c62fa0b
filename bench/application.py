"""The whole application in this process, on a temporary database."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "core.tests.settings"
django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

client = Client()


@contextmanager
def empty_database() -> Iterator[None]:
    """Create the temporary database without output, and remove it afterwards."""
    setup_test_environment()
    logging.disable()
    connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def timed(query: str, token: str | None = None, **variables: Any) -> tuple[float, Any]:
    """The duration of an operation in seconds, and its data. Fails on a top-level error."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = {"query": query, "variables": variables}
    began = time.perf_counter()
    answer = client.post("/graphql", body, content_type="application/json", headers=headers)
    took = time.perf_counter() - began
    content = answer.json()
    assert "errors" not in content, content
    return took, content["data"]
