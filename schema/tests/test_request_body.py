"""What clients send beside the document: empty parameters, byte-order marks, compression, charsets."""

import gzip
import json

import pytest

QUERY = "{ __typename }"
BODY = json.dumps({"query": QUERY}).encode()
DATA = {"data": {"__typename": "Query"}}


def post(client, body, content_type="application/json", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.generic("POST", "/graphql", content, content_type=content_type, headers=headers)


def get(client, **parameters):
    return client.get("/graphql", parameters, headers={"Accept": "application/json"})


def assert_refused(answer, status):
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]) == (status, {"code": "BAD_REQUEST"})
    assert answer["Content-Type"] == "application/json"
    assert error["message"]


OPTIONAL = ["operationName", "variables", "extensions"]


@pytest.mark.parametrize("empty", [None, "", {}, " ", "\t\n"])
@pytest.mark.parametrize("name", OPTIONAL)
def test_an_empty_parameter_of_a_post_counts_as_absent(client, name, empty):
    answer = post(client, {"query": QUERY, name: empty})
    assert (answer.status_code, answer.json()) == (200, DATA)


@pytest.mark.parametrize("empty", ["", " ", "null", "{}", '""', "\ufeff{}", " null "])
@pytest.mark.parametrize("name", ["variables", "extensions"])
def test_an_empty_parameter_of_a_get_counts_as_absent(client, name, empty):
    answer = get(client, query=QUERY, **{name: empty})
    assert (answer.status_code, answer.json()) == (200, DATA)


def test_all_parameters_of_a_get_may_be_empty(client):
    answer = get(client, query=QUERY, operationName="", variables="", extensions="")
    assert (answer.status_code, answer.json()) == (200, DATA)


def test_parameters_that_are_not_empty_are_used(client):
    document = "query A($yes: Boolean!) { a: __typename @include(if: $yes) } query B { b: __typename }"
    named = {"query": document, "operationName": "A", "extensions": {"a": 1}}
    for yes in (True, False):
        data = {"data": {"a": "Query"} if yes else {}}
        assert post(client, named | {"variables": {"yes": yes}}).json() == data
        by_get = named | {"variables": json.dumps({"yes": yes}), "extensions": '{"a": 1}'}
        assert get(client, **by_get).json() == data


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("operationName", value) for value in ("other", 0, False, ["A"], {"a": 1}, [])),
        *((name, value) for name in ("variables", "extensions") for value in ("x", 0, False, ["a"], [])),
    ],
)
def test_a_parameter_of_another_type_is_refused(client, name, value):
    assert_refused(post(client, {"query": QUERY, name: value}), 400)


@pytest.mark.parametrize("name", ["variables", "extensions"])
@pytest.mark.parametrize("value", ["x", "0", "false", "[]", '["a"]', '"text"', "{", '{"a": "\\ud800"}'])
def test_a_parameter_of_another_type_is_refused_by_get(client, name, value):
    assert_refused(get(client, query=QUERY, **{name: value}), 400)


def test_variables_may_have_the_names_of_parameters(client):
    document = "query ($variables: Boolean!, $operationName: String) { __typename @skip(if: $variables) }"
    variables = {"variables": True, "operationName": ""}
    body = {"query": document, "variables": variables}
    answers = [post(client, body), get(client, query=document, variables=json.dumps(variables))]
    for answer in answers:
        errors = [error["message"] for error in answer.json().get("errors", ())]
        assert errors == ["Variable '$operationName' is never used."]


@pytest.mark.parametrize("query", [None, ""])
def test_a_persisted_query_may_have_an_empty_document(client, query):
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    (error,) = post(client, {"query": query, "extensions": persisted}).json()["errors"]
    assert error["extensions"] == {"code": "PERSISTED_QUERY_NOT_SUPPORTED"}


MARK = b"\xef\xbb\xbf"


def test_a_byte_order_mark_is_skipped(client):
    assert post(client, MARK + BODY).json() == DATA
    assert post(client, MARK + b" \r\n" + BODY).json() == DATA


@pytest.mark.parametrize(
    "body", [MARK, MARK + MARK + BODY, BODY + MARK, QUERY.encode("utf-16"), BODY.decode().encode("utf-16")]
)
def test_other_marks_and_encodings_are_refused(client, body):
    assert_refused(post(client, body), 400)


@pytest.mark.parametrize("coding", ["", "identity", "Identity", " identity ", "identity, identity", ","])
def test_a_body_that_is_not_compressed_is_read(client, coding):
    assert post(client, BODY, **{"Content-Encoding": coding}).json() == DATA


CODINGS = [
    "gzip",
    "GZIP",
    "br",
    "deflate",
    "zstd",
    "x-gzip",
    "compress",
    "gzip, br",
    "identity, gzip",
    "utf-8",
]


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("body", [BODY, gzip.compress(BODY), b""], ids=["plain", "gzip", "empty"])
def test_a_compressed_body_is_refused(client, coding, body):
    answer = post(client, body, **{"Content-Encoding": coding})
    assert_refused(answer, 415)
    assert answer["Accept-Encoding"] == "identity"


def test_a_get_has_no_body_to_be_compressed(client):
    headers = {"Content-Encoding": "gzip", "Accept": "application/json"}
    assert client.get("/graphql", {"query": QUERY}, headers=headers).json() == DATA


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "UTF-8", '"utf-8"', "'utf-8'", "utf8", "UTF_8", "", '""', "us-ascii", " utf-8 ", "utf-8; a=b"],
)
def test_the_charset_may_be_utf_8_in_any_spelling(client, charset):
    assert post(client, BODY, f"application/json;charset={charset}").json() == DATA
    assert post(client, BODY, f"Application/JSON; Charset={charset}").json() == DATA


CHARSETS = [
    "iso-8859-1",
    "utf-16",
    "utf-7",
    "windows-1251",
    "rot13",
    "base64",
    "idna",
    "undefined",
    "x" * 5000,
]


@pytest.mark.parametrize("charset", [*CHARSETS, "unknown", "utf-8, utf-8", "\xff"])
def test_another_charset_is_refused(client, charset):
    answer = post(client, BODY, f"application/json; charset={charset}")
    assert_refused(answer, 415)
    assert "Accept-Encoding" not in answer


def test_a_chunked_body_without_a_length_is_refused(client):
    answer = client.generic(
        "POST",
        "/graphql",
        b"",
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked"},
    )
    assert_refused(answer, 411)
