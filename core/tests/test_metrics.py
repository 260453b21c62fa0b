import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from schema.tests.api_client import ME

TOKEN = "a token for the tests"


@pytest.fixture
def scrape(client, settings):
    settings.METRICS_TOKEN = TOKEN

    def scrape(authorization=f"Bearer {TOKEN}", **headers):
        return client.get("/metrics", headers=headers | {"Authorization": authorization})

    return scrape


def test_without_metrics_token_the_page_does_not_exist(client):
    for authorization in ("", "Bearer ", f"Bearer {TOKEN}"):
        answer = client.get("/metrics", headers={"Authorization": authorization})
        assert (answer.status_code, answer.content) == (404, client.get("/nothing").content)


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"]
)
def test_a_missing_or_wrong_token_is_unauthorized(scrape, authorization):
    answer = scrape(authorization)
    assert (answer.status_code, answer["WWW-Authenticate"], answer.content) == (401, "Bearer", b"")


def test_metrics_are_served_in_the_prometheus_format(scrape, api):
    api.post(ME)
    answer = scrape()
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer["Cache-Control"]
    families = {family.name: family for family in text_string_to_metric_families(answer.content.decode())}
    samples = {tuple(each.labels.values()): each.value for each in families["referral_operations"].samples}
    assert samples["me", "UNAUTHENTICATED"] >= 1


def test_metrics_accept_any_host_and_are_not_logged(scrape, settings, client, caplog):
    settings.SECURE_SSL_REDIRECT = True
    assert scrape(Host="10.0.0.1:8000").status_code == 200
    assert client.post("/metrics").status_code == 405
    assert [record for record in caplog.records if record.name == "core.middleware.request_log"] == []


def test_openmetrics_is_served_on_request(scrape):
    answer = scrape(Accept="application/openmetrics-text; version=1.0.0")
    assert answer["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    assert answer.content.endswith(b"# EOF\n")


@pytest.mark.postgresql
def test_the_operating_guide_documents_exactly_the_existing_metrics():
    guide = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
    documented = set(re.findall(r"\breferral_\w+", guide))
    registered = (metric for metric in REGISTRY.collect() if metric.name.startswith("referral_"))
    names = {metric.name + ("_total" if metric.type == "counter" else "") for metric in registered}
    assert documented == names
