import pytest
from django.db import connection

from referral.db import OUTAGES


def test_alive_asks_nobody(client):  # without the mark, touching the database would fail
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("outage", OUTAGES)
def test_without_a_database_it_is_not_ready(client, monkeypatch, outage):
    def refuse():
        raise outage

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "missing": ["database"]}


def test_a_probe_may_use_any_host_and_plain_http(client, settings):
    settings.ALLOWED_HOSTS = ["example.com"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"Host": "10.0.0.1:8000"}).status_code == 200
    assert client.get("/graphql", headers={"Host": "10.0.0.1:8000"}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client, path):
    assert client.post(path).status_code == 405
