"""The pages for people: GraphiQL and the reference."""

import json
import re
from pathlib import Path

import pytest

from schema import graphiql, reference

pytestmark = pytest.mark.django_db


def test_the_reference_is_served_once_rendered(client, monkeypatch, tmp_path):
    page = tmp_path / "index.html"
    monkeypatch.setattr(reference, "PAGE", page)
    missing = client.get("/docs/")
    assert (missing.status_code, missing["Cache-Control"]) == (404, "no-store")
    assert "<code>make docs</code>" in missing.content.decode()
    page.write_text("<h1>Reference</h1>")
    answer = client.get("/docs/")
    assert (answer.status_code, answer.content) == (200, b"<h1>Reference</h1>")
    assert answer["Cache-Control"] == "max-age=600"
    for each in (missing, answer):
        assert "default-src 'none'" in each["Content-Security-Policy"]


@pytest.mark.parametrize("is_here", [True, False])
def test_graphiql_is_served_locally_if_installed_and_otherwise_from_a_cdn(client, monkeypatch, is_here):
    monkeypatch.setattr(graphiql, "is_here", lambda: is_here)
    answer = client.get("/graphql", headers={"Accept": "text/html"})
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    hosts = set(re.findall(r"https?://[\w.-]*\w", page + policy))
    assert hosts == (set() if is_here else {"https://unpkg.com"})
    assert "unsafe" not in policy
    assert "<script>" not in page
    assert page.count("/static/graphiql/") == (6 if is_here else 0)


def test_graphiqls_title_has_the_brands_name_if_there_is_one(client, settings, monkeypatch):
    monkeypatch.setattr(graphiql, "is_here", lambda: True)
    for name, title in (("", "GraphiQL"), ("A & B", "GraphiQL · A &amp; B")):
        settings.BRAND_NAME = name
        answer = client.get("/graphql", headers={"Accept": "text/html"})
        assert f"<title>{title}</title>" in answer.content.decode()


def test_files_from_the_cdn_have_the_locked_versions_and_their_integrity(client, monkeypatch):
    monkeypatch.setattr(graphiql, "is_here", lambda: False)
    page = client.get("/graphql", headers={"Accept": "text/html"}).content.decode()
    lock = json.loads((Path(graphiql.ASSETS) / "package-lock.json").read_text())["packages"]
    files = re.findall(
        r'(?:src|href)="https://unpkg.com/(.+?)@([\d.]+)/.+?" integrity="(.+?)" crossorigin>', page
    )
    assert len(files) == page.count('"https://unpkg.com/') == 6
    for package, version, integrity in files:
        assert version == lock[f"node_modules/{package}"]["version"]
        assert re.fullmatch(r"sha384-[A-Za-z0-9+/]{64}", integrity)
