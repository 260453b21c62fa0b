import socket
from contextlib import suppress
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from core import __version__, health
from referral.storage.connection import OUTAGES


def refuse(outage=OperationalError):
    raise outage


def test_liveness_does_not_query_the_database(client):  # not marked django_db, so a query would fail
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.fixture(autouse=True)
def migrated():
    health._migrated.set()


@pytest.mark.django_db
def test_readiness_queries_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "version": __version__})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("outage", OUTAGES)
def test_without_a_database_the_service_is_not_ready(client, monkeypatch, outage):
    monkeypatch.setattr(connection, "cursor", partial(refuse, outage))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "version": __version__, "missing": ["database"]}


@pytest.mark.django_db
def test_unapplied_migrations_make_the_service_not_ready(client, django_assert_num_queries):
    health._migrated.clear()
    applied = MigrationRecorder(connection)
    newest = applied.migration_qs.filter(app="referral").latest("id").name
    applied.record_unapplied("referral", newest)
    for _ in range(2):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])
    applied.record_applied("referral", newest)
    assert client.get("/readyz").json() == {"status": "ready", "version": __version__}
    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.fixture
def hanging_redis(settings):
    """A server that accepts connections and never responds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield server


def visitors(server):
    """How many connected since the last call."""
    count = 0
    with suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            count += 1
    return count


@pytest.mark.django_db
def test_without_redis_the_service_is_ready_and_waits_for_it_once(client, hanging_redis):
    waited = []
    for _ in range(2):
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {"status": "ready", "version": __version__, "missing": ["redis"]}
        waited.append(visitors(hanging_redis) > 0)
    assert waited == [True, False]


def test_readiness_lists_everything_that_is_missing(client, hanging_redis, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["database", "redis"])


def test_a_probe_may_use_any_host_and_plain_http(client, settings):
    settings.ALLOWED_HOSTS = ["example.com"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"Host": "10.0.0.1:8000"}).status_code == 200
    assert client.get("/graphql", headers={"Host": "10.0.0.1:8000"}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_accept_get_and_head_only(client, path):
    assert client.post(path).status_code == 405
