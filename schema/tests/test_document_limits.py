import pytest
from graphql import get_introspection_query

from referral.models import PhoneSignIn
from referral.tests.factories import new_number, row_of, wrong
from schema import operations
from schema.limits.documents import CHAIN, LONGEST_DOCUMENT, DocumentLimits

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
def test_a_document_with_two_charged_fields_runs_none(api, document):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    assert api.error_code(document.replace("FIELD", field)) == "QUERY_TOO_COMPLEX"
    assert PhoneSignIn.objects.of_numbers().count() == 0


@pytest.mark.parametrize(
    "document",
    [
        "mutation { FIELD }",
        "mutation { ...F } fragment F on Mutation { a: FIELD }",
        "mutation { FIELD signOut { count } }",
    ],
)
def test_a_document_with_one_charged_field_runs(api, document):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    api.post(document.replace("FIELD", field))
    assert PhoneSignIn.objects.of_numbers().count() == 1


def test_limits_apply_to_each_operation_of_a_document(api):
    field = f'requestCode(phone: "{new_number()}") {{ __typename }}'
    document = f"mutation A {{ {field} }} mutation B {{ {field} }}"
    body = {"query": document, "operationName": "B"}
    answer = api.client.post("/graphql", body, content_type="application/json").json()
    assert answer["data"]["requestCode"]["__typename"] == "CodeSent"


def test_a_document_with_ten_thousand_guesses_runs_none(api):
    number = new_number()
    code = api.sent_code(number)
    api.client.post("/graphql", {"query": verify(number, [wrong(code)] * 10_000)}, "application/json")
    api.client.post("/graphql", {"query": verify(number, [wrong(code)] * 50)}, "application/json")
    assert row_of(number).wrong_guesses == []


def test_without_the_rule_every_guess_is_counted(api, monkeypatch):
    others = [rule for rule in operations.RULES if rule is not DocumentLimits]
    monkeypatch.setattr(operations, "RULES", others)
    number = new_number()
    answers = api.post(verify(number, [wrong(api.sent_code(number))] * 8))["data"]
    assert [answer["__typename"] for answer in answers.values()] == ["WrongCode"] * 5 + ["CodeExpired"] * 3
    assert len(row_of(number).wrong_guesses) == 5


@pytest.fixture
def measured(monkeypatch):
    """The selection sets that the rule measures. More than a document can have is a failure."""
    measure, braces = DocumentLimits._measure, []

    def record(self, selections, level):
        braces.append(selections)
        assert len(braces) <= LONGEST_DOCUMENT
        return measure(self, selections, level)

    monkeypatch.setattr(DocumentLimits, "_measure", record)
    return braces


@pytest.mark.parametrize(("length", "braces"), [(40, 42), (60, 51)])  # no deeper than fifty
def test_nested_fragments_are_measured_once(api, measured, length, braces):
    chain = " ".join(f"fragment F{n} on Mutation {{ ...F{n + 1} ...F{n + 1} }}" for n in range(length))
    api.post(f"mutation {{ ...F0 }} {chain} fragment F{length} on Mutation {{ __typename }}")
    assert len(measured) == braces


def test_circular_fragments_are_measured_once(api, measured):
    api.post("mutation { ...F } fragment F on Mutation { ...G } fragment G on Mutation { ...F }")
    assert len(measured) == 3


def nested(levels):
    """An introspection field, which can be nested to any depth."""
    return f'__type(name: "A") {{ {"ofType { " * (levels - 2)} name {"} " * (levels - 1)}'


def five_hundred(count):
    """A document with `count` fields: a fragment of 24, spread 20 times, and the rest."""
    names = " ".join(f"field{number}" for number in range(24))
    others = " ".join(f"other{number}" for number in range(count - 20 * 24))
    return f"{{ {'...F ' * 20} {others} }} fragment F on Query {{ {names} }}"


@pytest.mark.parametrize(
    ("limit", "write"),
    [
        (12, lambda count: f"{{ me {{ id }} {nested(count)} }}"),
        (12, lambda count: f"{{ __alias: me {{ id }} {nested(count)} }}"),
        (15, lambda count: f"{{ {nested(count)} }}"),
        (15, lambda count: f"{{ {' '.join(f'a{n}: __typename' for n in range(count))} }}"),
        (5, lambda count: f"{{ __typename {'@include(if: true) ' * count}}}"),
        (20, lambda count: f"{{ {'__typename ' * count}}}"),
        (20, lambda count: f"{{ {'...F ' * count}}} fragment F on Query {{ __typename }}"),
        (500, five_hundred),
    ],
)
def test_a_document_at_the_limit_passes_and_one_above_is_refused(api, limit, write):
    codes = {error.get("extensions", {}).get("code") for error in api.post(write(limit)).get("errors", [])}
    assert "QUERY_TOO_COMPLEX" not in codes
    assert api.error_code(write(limit + 1)) == "QUERY_TOO_COMPLEX"


@pytest.mark.parametrize(
    "document",
    [
        "{ ...F0 } "
        + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(28))
        + " fragment F28 on Query { __typename }",
        "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(100)),
        "{ " + " ".join(f"a{n}: __typename" for n in range(10_000)) + " }",
        "{ " + "__typename " * 1000 + "}",
        "{ __typename " + "@a " * 500 + "}",
        "{ __schema " + "{ types " * 500 + "}" * 501,
        "{ " + "... { " * 300 + "__typename" + " }" * 300 + " }",
    ],
)
def test_large_documents_are_refused_cheaply(client, measured, document):
    answer = client.post("/graphql", {"query": document[:99_000]}, content_type="application/json")
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] in {"QUERY_TOO_COMPLEX", "GRAPHQL_PARSE_FAILED"}
    assert len(measured) <= CHAIN + 1


def test_a_refused_document_skips_the_standard_rules(monkeypatch):
    """The standard rules, some of which compare every field with every other, do not run."""
    entered = []
    monkeypatch.setattr(
        "graphql.validation.rules.overlapping_fields_can_be_merged.OverlappingFieldsCanBeMergedRule"
        ".enter_selection_set",
        lambda *_: entered.append(1),
    )
    (error,) = operations.prepare("{ " + "__typename " * 21 + "}", None).errors
    assert error.extensions == {"code": "QUERY_TOO_COMPLEX"}
    assert entered == []


def test_the_standard_introspection_query_passes(api):
    query = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    assert api.post(query)["data"]["__schema"]["queryType"]["name"] == "Query"


@pytest.mark.parametrize(
    "document",
    [
        "{ ...F HERE } fragment F on Query { __typename }",
        "{ ...F } fragment F on Query HERE { __typename }",
        "{ ... HERE { __typename } }",
        "query HERE { __typename }",
    ],
)
def test_directives_are_counted_wherever_they_stand(api, document):
    codes = [
        {error["extensions"]["code"] for error in api.post(document.replace("HERE", "@a " * count))["errors"]}
        for count in (5, 6)
    ]
    assert codes == [{"GRAPHQL_VALIDATION_FAILED"}, {"QUERY_TOO_COMPLEX"}]


@pytest.mark.parametrize(
    "document",
    [
        "{ a: __typename @a @b @c b: __typename @d @e @f }",
        "query A { __typename } query B { __typename @a @b @c @d @e @f }",
    ],
)
def test_every_part_of_a_document_is_counted(api, document):
    assert api.error_code(document) == "QUERY_TOO_COMPLEX"


@pytest.mark.parametrize(
    "document",
    [
        "{ NAME: __typename }",
        "{ NAME }",
        "query NAME { __typename }",
        "query ($NAME: Int) { __typename }",
        "{ ...NAME } fragment NAME on Query { __typename }",
        "{ ... on NAME { __typename } }",
        "{ __typename @NAME }",
        "{ user(NAME: 1) { id } }",
        "{ user(phone: NAME) { id } }",
        "{ user(phone: { NAME: 1 }) { id } }",
        "{ user(phone: $NAME) { id } }",
    ],
)
def test_every_name_is_at_most_128_letters_long(api, document):
    def codes(length):
        errors = api.post(document.replace("NAME", "x" * length)).get("errors", [])
        return {error["extensions"]["code"] for error in errors}

    assert codes(128) <= {"GRAPHQL_VALIDATION_FAILED"}
    assert codes(129) == {"QUERY_TOO_COMPLEX"}


def test_comments_and_texts_are_not_names(api):
    document = f'# {"x" * 200}\n{{ user(phone: "{"x" * 200}") {{ id }} }}'
    (error,) = api.post(document)["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


def test_ten_errors_are_reported(api):
    errors = api.post("{ " + " ".join(f"field{n}" for n in range(490)) + " }")["errors"]
    assert len(errors) == 11
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert "too many validation errors" in errors[-1]["message"].lower()


def same(spreads):
    """A document with 20 fields of one name in each of some inline fragments."""
    return "{ " + ("... { " + "__typename " * 20 + "} ") * spreads + "}"


def test_comparing_fields_of_one_name_is_bounded(api):
    assert api.post(same(5))["data"] == {"__typename": "Query"}
    (error,) = api.post(same(20))["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert "compare" in error["message"]


def test_a_document_that_a_client_composes_of_forty_fragments_passes(api):
    fragments = " ".join(f"fragment F{n} on User {{ id phone invitedCount }}" for n in range(40))
    spreads = [f"...F{n}" for n in range(40)]
    (error,) = api.post(f"{{ me {{ {' '.join(spreads)} }} }} {fragments}")["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
