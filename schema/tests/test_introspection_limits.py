"""Introspection passes, without multiplying itself."""

import pytest
from graphql import (
    get_introspection_query,
)

from schema.limits.answers import MOST_BYTES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "document",
    [
        "{ a: __schema { types { name } } }",
        '{ a: __type(name: "User") { name } }',
        "{ __schema { a: types { name } } }",
        "{ __schema { types { a: name } } }",
        "{ __schema { types { a: __typename } } }",
        "{ __schema { ...F } } fragment F on __Schema { types { ... on __Type { a: name } } }",
        "{ me { id } __schema { types { a: name } } }",
        "mutation { signOut { count } } query Q { __schema { types { a: name } } }",
        "{ __schema { types { fields { type { fields { name } } } } } }",
        "{ __schema { types { possibleTypes { interfaces { name } } } } }",
        "{ __schema { types { fields { ...F } } } } fragment F on __Field { type { inputFields { name } } }",
        '{ __type(name: "User") { fields { args { type { fields { name } } } } } }',
    ],
)
def test_a_costly_introspection_is_refused(api, document):
    assert api.error_code(document) == "QUERY_TOO_COMPLEX"


NAMED = "kind name description specifiedByURL isOneOf"
DESCRIBED = "name description isDeprecated deprecationReason"
ENUM = f"enumValues(includeDeprecated: true) {{ {DESCRIBED} }}"
INPUT = f"{DESCRIBED} defaultValue type {{ {NAMED} ofType {{ {NAMED} }} }}"
OUTPUT = f"{NAMED} {ENUM} ofType {{ {NAMED} {ENUM} ofType {{ {NAMED} {ENUM} ofType {{ {NAMED} {ENUM} }} }} }}"
ARGUMENTS = f"args(includeDeprecated: true) {{ {INPUT} }}"
FULL_TYPE = (
    f"{NAMED} {ENUM} fields(includeDeprecated: true) {{ {DESCRIBED} {ARGUMENTS} type {{ {OUTPUT} }} }} "
    f"interfaces {{ {OUTPUT} }} possibleTypes {{ {OUTPUT} }} "
    f"inputFields(includeDeprecated: true) {{ {INPUT} }}"
)


def test_an_introspection_of_every_field_has_no_errors(api):
    """About the largest answer of an introspection, which is bounded by its fields and lists only."""
    document = (
        "{ __schema { types { ...T } directives { name description "
        f"isRepeatable locations {ARGUMENTS} }} }} }} fragment T on __Type {{ {FULL_TYPE} }}"
    )
    answer = api.client.post("/graphql", {"query": document}, content_type="application/json")
    assert "errors" not in answer.json(), answer.json()["errors"][:2]
    assert 100_000 < len(answer.content) < MOST_BYTES


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"descriptions": False},
        {"specified_by_url": True, "directive_is_repeatable": True, "schema_description": True},
        {"input_value_deprecation": True, "input_object_one_of": True},
    ],
)
def test_the_introspections_of_clients_pass(api, options):
    assert "errors" not in api.post(get_introspection_query(**options))


def test_apollos_query_for_possible_types_passes(api):
    assert "errors" not in api.post("{ __schema { types { kind name possibleTypes { name } } } }")
