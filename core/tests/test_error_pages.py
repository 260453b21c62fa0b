import pytest

pytestmark = pytest.mark.django_db


def code(answer):
    (error,) = answer.json()["errors"]
    assert error["extensions"]["requestId"] == answer["X-Request-ID"]
    return error["extensions"]["code"]


def test_an_unknown_host_gets_json_at_the_endpoint_and_a_page_elsewhere(client):
    answer = client.post("/graphql", {}, content_type="application/json", headers={"Host": "evil.example"})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    answer = client.get("/admin/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_an_unknown_path_gets_json_below_the_endpoint_and_a_page_elsewhere(client):
    answer = client.post("/graphql/v2")
    assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")
    assert client.get("/nowhere")["Content-Type"].startswith("text/html")


def test_a_bug_outside_the_schema_gets_json_without_details(client, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the secret detail")

    client.raise_request_exception = False
    monkeypatch.setattr("schema.view.GraphQLView.run", broken)
    answer = client.post("/graphql", {}, content_type="application/json")
    assert (answer.status_code, code(answer)) == (500, "INTERNAL_SERVER_ERROR")
    assert b"secret" not in answer.content
