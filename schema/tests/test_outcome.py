from types import SimpleNamespace

import pytest
from django.db import OperationalError
from graphql import get_operation_ast, parse

from referral.tests.factories import new_number
from referral.tests.growth import growth
from schema.outcome import root_fields
from schema.tests.api_client import ME, REQUEST_CODE

OPERATIONS = "referral_operations_total"
DURATIONS = "referral_operation_seconds_count"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("{ __typename }", {("__typename", "OK")}),
        (ME, {("me", "UNAUTHENTICATED")}),
        ("query Chosen { mine: me { id } }", {("me", "UNAUTHENTICATED")}),
        ("query A { me { id } } query B { __typename }", {("__typename", "OK")}),
        ("{ me { id } __typename }", {("me", "UNAUTHENTICATED"), ("__typename", "OK")}),
        ("{ me { id } me { phone } }", {("me", "UNAUTHENTICATED")}),
        (
            "{ ...a } fragment a on Query { ... { ...b } } fragment b on Query { a: __typename }",
            {("__typename", "OK")},
        ),
        ("{ __typename me @skip(if: true) { id } }", {("__typename", "OK")}),
        ('mutation { requestCode(phone: "x") { __typename } }', {("requestCode", "INVALID_PHONE")}),
        (
            'mutation { a: requestCode(phone: "x") { __typename } signOut { count } }',
            {("requestCode", "INVALID_PHONE"), ("signOut", "UNAUTHENTICATED")},
        ),
        ("{", {("none", "GRAPHQL_PARSE_FAILED")}),
        ("{ unknown }", {("none", "GRAPHQL_VALIDATION_FAILED")}),
        ("{ " + "__typename " * 21 + "}", {("none", "QUERY_TOO_COMPLEX")}),
        ("mutation ($p: String!) { requestCode(phone: $p) { __typename } }", {("none", "BAD_USER_INPUT")}),
        ("{ me { invitedPhones(first: " + "1" * 5000 + ") } }", {("none", "GRAPHQL_VALIDATION_FAILED")}),
        ("subscription { me { id } }", {("none", "BAD_USER_INPUT")}),
    ],
)
def test_each_root_field_is_counted_by_name_and_outcome(api, query, counted):
    name = {"operationName": "B"} if "query B" in query else {}
    with growth(OPERATIONS) as grown, growth(DURATIONS) as timed:
        api.client.post("/graphql", {"query": query} | name, content_type="application/json")
    assert grown == dict.fromkeys(counted, 1)
    assert timed == {(field,): 1 for field, _ in counted if field != "none"}


def test_requests_without_an_operation_are_counted(client):
    persisted = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}
    with growth(OPERATIONS) as grown:
        client.post("/graphql", "no JSON", content_type="application/json")
        client.put("/graphql")
        client.post("/graphql", persisted, content_type="application/json")
        client.get("/graphql", headers={"Accept": "text/html"})  # GraphiQL is not an operation
    assert grown == {("none", "BAD_REQUEST"): 2, ("none", "PERSISTED_QUERY_NOT_SUPPORTED"): 1}


def test_a_sign_in_with_a_wrong_invite_code_is_counted(api):
    with growth(OPERATIONS) as grown:
        api.run(ME, api.sign_in(invite_code="222222")["accessToken"])
    assert grown == {("requestCode", "OK"): 1, ("verifyCode", "INVITE_NOT_FOUND"): 1, ("me", "OK"): 1}


def test_an_error_inside_a_root_field_is_its_outcome(api):
    token = api.sign_in()["accessToken"]
    with growth(OPERATIONS) as grown:
        api.post("{ me { id invitedPhones(first: 0) } }", token)
    assert grown == {("me", "BAD_USER_INPUT"): 1}


@pytest.mark.parametrize(
    ("error", "outcome"), [(OperationalError, "UNAVAILABLE"), (RuntimeError, "INTERNAL_SERVER_ERROR")]
)
def test_outages_and_bugs_are_counted(api, monkeypatch, error, outcome):
    def broken(**_):
        raise error

    monkeypatch.setattr("referral.sign_in.request_code", broken)
    with growth(OPERATIONS) as grown:
        body = {"query": REQUEST_CODE, "variables": {"phone": new_number()}}
        api.client.post("/graphql", body, content_type="application/json")
    assert grown == {("requestCode", outcome): 1}


def test_the_duration_is_observed(api, monkeypatch):
    clock = iter([10.0, 12.3])
    monkeypatch.setattr("schema.endpoint.time", SimpleNamespace(perf_counter=clock.__next__))
    with (
        growth("referral_operation_seconds_sum") as grown,
        growth("referral_operation_seconds_bucket") as buckets,
    ):
        api.post(ME)
    assert grown == {("me",): pytest.approx(2.3)}
    assert {le for _, le in buckets} == {"2.5", "5.0", "10.0", "+Inf"}


def test_root_fields_visits_each_fragment_once():
    last = 40  # 2**40 fields if every fragment is expanded
    chain = [f"fragment f{each} on Query {{ ...f{each + 1} ...f{each + 1} }}" for each in range(last)]
    document = parse(" ".join(["{ ...f0 }", *chain, f"fragment f{last} on Query {{ key: me {{ id }} }}"]))
    operation = get_operation_ast(document)
    assert operation is not None
    assert root_fields(operation, document) == {"key": "me"}
