"""The pages for people: GraphiQL and the reference."""

import pytest

from schema import graphiql, reference

pytestmark = pytest.mark.django_db


def test_the_reference_is_served_once_rendered(client, monkeypatch, tmp_path):
    page = tmp_path / "index.html"
    monkeypatch.setattr(reference, "PAGE", page)
    assert client.get("/docs/").status_code == 404
    page.write_text("<h1>Reference</h1>")
    answer = client.get("/docs/")
    assert (answer.status_code, answer.content) == (200, b"<h1>Reference</h1>")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("is_here", [True, False])
def test_graphiql_is_served_locally_if_installed_and_otherwise_from_a_cdn(client, monkeypatch, is_here):
    monkeypatch.setattr(graphiql, "is_here", lambda: is_here)
    answer = client.get("/graphql", headers={"Accept": "text/html"})
    page = answer.content.decode()
    assert ("https://unpkg.com" in page) is not is_here
    assert ("Content-Security-Policy" in answer) is is_here
    if is_here:
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "<script>" not in page
