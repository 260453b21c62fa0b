import json

import pytest
from django.test import Client
from django.urls import reverse

from schema.tests.api_client import ME

pytestmark = pytest.mark.django_db


def post(client, body, content_type="application/json", **headers):
    return client.post("/graphql", body, content_type=content_type, headers=headers)


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_the_trailing_slash_is_optional(client, path):
    answer = client.post(path, {"query": "{ __typename }"}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"data": {"__typename": "Query"}})


def test_no_csrf_token_is_required():
    answer = post(Client(enforce_csrf_checks=True), {"query": "{ __typename }"})
    assert answer.status_code == 200


def test_responses_are_not_cached(client, api):
    for answer in (
        post(client, {"query": "{ __typename }"}),
        post(client, "no json"),
        client.get("/graphql", {"query": "{ __typename }"}),
    ):
        assert answer["Cache-Control"] == "no-store"


def test_a_browser_gets_graphiql(client):
    answer = client.get("/graphql", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "GraphiQL" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        *("", "x", "{", "null", "5", '"text"', "true", "[]", "[{}]", "{}", "[" * 100_000),
        *('{"query": null}', '{"query": ""}', '{"query": 5}', b"\xff", b'{"query": "\xff"}'),
        '{"query": "{ __typename }", "variables": []}',
        '{"query": "{ __typename }", "variables": {"x": ' + "1" * 5000 + "}}",
        '{"query": "{ __typename }", "operationName": "other"}',
        '{"query": "query A { __typename }", "operationName": 5}',
    ],
)
def test_an_invalid_body_is_a_bad_request(client, body):
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert answer.json()["errors"][0]["message"]


def test_the_size_of_the_body_is_limited(client):
    answer = post(client, {"query": "{ __typename }" + " " * 100_000})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (413, "BAD_REQUEST")
    assert answer["Cache-Control"] == "no-store"


def test_the_number_of_tokens_is_limited(api):
    variables = [f"$a{number}: Int" for number in range(400)]  # four tokens each
    assert api.error_code(f"query ({' '.join(variables)}) {{ __typename }}") == "GRAPHQL_PARSE_FAILED"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_another_content_type_is_a_bad_request(client, content_type):
    answer = post(client, json.dumps({"query": ME}), content_type)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


def test_a_mutation_cannot_be_sent_by_get(client):
    answer = client.get("/graphql", {"query": "mutation { signOut { count } }"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_another_method_is_not_allowed(client, method):
    answer = getattr(client, method)("/graphql")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ unknown }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ me }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { requestCode { __typename } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { requestCode(phone: 5) { __typename } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("mutation ($p: String!) { requestCode(phone: $p) { __typename } }", {}, "BAD_USER_INPUT"),
        ("mutation ($p: String!) { requestCode(phone: $p) { __typename } }", {"p": 5}, "BAD_USER_INPUT"),
    ],
)
def test_every_error_has_a_code(api, query, variables, code):
    for _ in range(2):  # the second time from the cache
        assert api.error_code(query, **variables) == code


def test_a_bug_is_masked_and_logged(api, monkeypatch, caplog):
    def broken(**_):
        raise RuntimeError("the secret detail")

    monkeypatch.setattr("referral.sign_in.request_code", broken)
    answer = api.post('mutation { requestCode(phone: "+79110000001") { __typename } }')
    extensions = answer["errors"][0]["extensions"]
    assert extensions["code"] == "INTERNAL_SERVER_ERROR"
    assert extensions["requestId"] == caplog.records[0].request_id
    assert "secret" not in json.dumps(answer)
    assert "the secret detail" in caplog.text


def test_refusals_and_client_errors_log_one_line_each(api, caplog):
    api.run('mutation { requestCode(phone: "x") { __typename } }')
    for query in ("{", "{ unknown }", ME, "{ me { invitedPhones(first: " + "1" * 5000 + ") } }"):
        api.post(query)
    assert [record.levelname for record in caplog.records] == ["INFO"] * 5


def test_the_url_can_be_reversed_by_name(client):
    assert reverse("graphql") == "/graphql"


GRAPHQL_JSON = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html", "application/json"),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, application/json;q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, application/json;q=0.9", "application/json"),
        (f"application/json, {GRAPHQL_JSON}", "application/json"),
    ],
)
def test_the_media_type_follows_accept(client, accept, media_type):
    answer = post(client, {"query": "{ __typename }"}, **{"Accept": accept} if accept else {})
    assert (answer["Content-Type"], answer.json()) == (media_type, {"data": {"__typename": "Query"}})


def test_a_request_error_is_400_in_the_graphql_media_type_only(client):
    for query in ("{", "{ unknown }", "query ($p: Int!) { __typename }"):
        for media_type, status in (("application/json", 200), (GRAPHQL_JSON, 400)):
            answer = post(client, {"query": query}, Accept=media_type)
            assert (answer.status_code, "data" in answer.json()) == (status, status == 200)
    executed = post(client, {"query": "{ me { id } }"}, Accept=GRAPHQL_JSON)
    assert (executed.status_code, executed.json()["data"]) == (200, {"me": None})
    broken = post(client, "{", Accept=GRAPHQL_JSON)
    assert (broken.status_code, broken["Content-Type"]) == (400, GRAPHQL_JSON)


def test_a_persisted_query_is_declined_as_apollo_expects(client):
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    by_get = {"extensions": json.dumps(persisted)}
    for answer in (
        post(client, {"extensions": persisted}),
        client.get("/graphql", by_get, headers={"Accept": "application/json"}),
    ):
        (error,) = answer.json()["errors"]
        assert answer.status_code == 200
        assert error["message"] == "PersistedQueryNotSupported"
        assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"
    both = post(client, {"query": "{ __typename }", "extensions": persisted})
    assert both.json() == {"data": {"__typename": "Query"}}


def test_several_operations_require_an_operation_name(client):
    document = {"query": "query A { a: __typename } query B { b: __typename }"}
    for _ in range(2):  # the second time from the cache
        (error,) = post(client, document).json()["errors"]
        assert error["message"] == "The document has several operations: choose one with operationName."
        assert post(client, document | {"operationName": "B"}).json()["data"] == {"b": "Query"}
        assert post(client, document | {"operationName": "C"}).status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_allow_lists_the_supported_methods(client, method):
    answer = getattr(client, method)("/graphql")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


def test_errors_do_not_suggest_names(api):
    for field in ("mee { id }", "me { phon }", "me { id } ... on Usr { id }", "user(phon: 1) { id }"):
        for error in api.post(f"{{ {field} }}")["errors"]:
            assert "Did you mean" not in error["message"]
