from collections.abc import Iterator
from typing import cast

import pytest
from django.db import connection

from core.postgresql.base import DatabaseWrapper


@pytest.fixture
def empty_pool() -> Iterator[None]:
    """Close the pool before the test and after it, so that it holds no connection of another test."""
    _close()
    yield
    _close()


def _close() -> None:
    connection.close()
    cast("DatabaseWrapper", connection).close_pool()
