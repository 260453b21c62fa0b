import time

import pytest

from referral.models import PhoneSignIn
from referral.tests.factories import new_number, row_of, wrong
from schema.api import EXTENSIONS, schema
from schema.charged_fields import OneChargedField

pytestmark = pytest.mark.django_db
VERIFY = 'verifyCode(phone: "{0}", code: "{1}") {{ __typename }}'


def verify(number, codes):
    fields = [f"a{index}: " + VERIFY.format(number, code) for index, code in enumerate(codes)]
    return f"mutation {{ {' '.join(fields)} }}"


@pytest.mark.parametrize(
    "document",
    [
        "mutation { a: FIELD b: FIELD }",
        "mutation { FIELD ... { FIELD } }",
        "mutation { ... on Mutation { a: FIELD } ...F } fragment F on Mutation { b: FIELD }",
        "mutation { ...F ...F } fragment F on Mutation { a: FIELD }",
        "mutation { ...G } fragment G on Mutation { ...F b: FIELD } fragment F on Mutation { a: FIELD }",
        "mutation { ... @include(if: false) { a: FIELD } b: FIELD }",
        'mutation { FIELD activateInvite(code: "AAAAAA") { __typename } }',
    ],
)
def test_more_than_one_is_refused_and_none_is_run(api, document):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    assert api.error_code(document.replace("FIELD", field)) == "QUERY_TOO_COMPLEX"
    assert PhoneSignIn.objects.count() == 0


@pytest.mark.parametrize(
    "document",
    [
        "mutation { FIELD }",
        "mutation { ...F } fragment F on Mutation { a: FIELD }",
        "mutation { FIELD signOut { count } }",
    ],
)
def test_one_is_run(api, document):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    api.post(document.replace("FIELD", field))
    assert PhoneSignIn.objects.count() == 1


def test_operations_that_stand_beside_each_other_are_not_added_up(api):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    document = f"mutation A {{ {field} }} mutation B {{ {field} }}"
    body = {"query": document, "operationName": "B"}
    answer = api.client.post("/graphql", body, content_type="application/json").json()
    assert answer["data"]["requestCode"]["__typename"] == "CodeSent"


def test_ten_thousand_guesses_in_a_request_are_none(api):
    number = new_number()
    code = api.sent_code(number)
    api.client.post("/graphql", {"query": verify(number, [wrong(code)] * 10_000)}, "application/json")
    api.client.post("/graphql", {"query": verify(number, [wrong(code)] * 50)}, "application/json")
    assert row_of(number).failures == []


def test_without_the_rule_every_field_is_counted(api, monkeypatch):
    others = [each for each in EXTENSIONS if OneChargedField.__name__ not in repr(each)]
    assert len(others) == len(EXTENSIONS) - 1
    monkeypatch.setattr(schema, "extensions", others)
    number = new_number()
    answers = api.post(verify(number, [wrong(api.sent_code(number))] * 8))["data"]
    assert [answer["__typename"] for answer in answers.values()] == ["WrongCode"] * 5 + ["CodeExpired"] * 3
    assert len(row_of(number).failures) == 5


def test_fragments_that_double_and_circle_cost_no_time(api):
    chain = " ".join(f"fragment F{n} on Mutation {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    began = time.process_time()
    api.post(f"mutation {{ ...F0 }} {chain} fragment F60 on Mutation {{ signOut {{ count }} }}")
    api.post("mutation { ...F } fragment F on Mutation { ...G } fragment G on Mutation { ...F }")
    assert time.process_time() - began < 5
