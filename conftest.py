"""Fixtures for every test, and the check that the suite runs on the database it was started for."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from referral.budgets import rate_limits
from referral.sms.gateway import gateways
from referral.sms.memory import MemoryGateway
from referral.tests.factories import NOON
from schema.tests.api_client import ApiClient


def pytest_sessionstart() -> None:
    asked_for = os.environ.get("TEST_VENDOR", connection.vendor)
    if asked_for != connection.vendor:
        pytest.exit(f"TEST_VENDOR is {asked_for}, but the database is {connection.vendor}.", returncode=1)


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "postgresql":
        elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A request leaves its language active in its thread: end it with the test."""
    yield
    translation.deactivate()


@pytest.fixture
def fresh_budgets() -> None:
    """Budgets of clients and users, none of them spent."""
    rate_limits._stores.clear()
    rate_limits._away_until.clear()


@pytest.fixture
def gateway_in_memory() -> MemoryGateway:
    """The gateway of the tests, reset: its outbox is empty and it accepts every message."""
    (memory,) = gateways().values()
    assert isinstance(memory, MemoryGateway)
    memory.outbox.clear()
    memory.outcomes.clear()
    return memory


@pytest.fixture
def api(client: Client, gateway_in_memory: MemoryGateway) -> ApiClient:
    return ApiClient(client, gateway_in_memory)
