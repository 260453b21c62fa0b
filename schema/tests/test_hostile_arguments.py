"""Every argument of every operation, as the schema lists them, with every hostile value: never a bug."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from referral import crypto
from referral.models import Referral
from referral.tests.factories import NOON, new_number, new_session, new_user
from schema import ids
from schema.api import schema
from schema.tokens import access_tokens
from schema.types.invitee import cursor_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass(frozen=True)
class Place:
    """An argument of a field, and the fields that lead to it from an operation."""

    operation: str
    path: tuple[str, ...]
    argument: str
    required: list[str]
    definition: GraphQLArgument
    type_: GraphQLNamedType

    def document(self, literal: str | None = None) -> str:
        """An operation with the argument as the variable `$value`, or as a literal."""
        others = {name: json.dumps(EXAMPLES[name]) for name in self.required if name != self.argument}
        arguments = others | {self.argument: literal or "$value"}
        field = f"{self.path[-1]}({', '.join(f'{name}: {value}' for name, value in arguments.items())})"
        selection = "" if is_leaf_type(self.type_) else " { __typename }"
        for name in reversed(self.path[:-1]):
            field, selection = f"{name} {{ {field}{selection} }}", ""
        variables = f"($value: {self.definition.type})" if literal is None else ""
        return f"{self.operation} {variables} {{ {field}{selection} }}"


NUMBER = new_number()
EXAMPLES = {"phone": NUMBER, "code": "0000"}  # for arguments beside the hostile one


def places(operation, type_, path=()):
    """Every argument below a type, without following a type twice."""
    for name, field in type_.fields.items():
        required = [key for key, each in field.args.items() if is_required_argument(each)]
        named = get_named_type(field.type)
        for key, each in field.args.items():
            yield Place(operation, (*path, name), key, required, each, named)
        if isinstance(named, GraphQLObjectType) and not required and operation == "query":
            yield from places(operation, named, (*path, name))


ROOTS = {"query": schema._schema.query_type, "mutation": schema._schema.mutation_type}
PLACES = [place for operation, root in ROOTS.items() if root for place in places(operation, root)]
IDS = [f"{'.'.join(place.path)}({place.argument})" for place in PLACES]

DEEP = json.loads("[" * 150 + "]" * 150)
VALUES = {
    "empty": "",
    "a space": " ",
    "NUL": "\0",
    "NUL inside": "+7911\x000000001",
    "90 kB": "9" * 90_000,
    "90 kB of another alphabet": "ф" * 15_000,
    "an emoji": "\N{GRINNING FACE}",
    "controls": "\x01\x1b\x7f\u2028\u202e",
    "digits of another script": "\u0661\u0662\u0663\u0664",
    "a dot": ".",
    "colons": ":" * 100,
    "compressed": ".eJxLyigpKSi20tcvLy/XS8xLzU3VS87P1QcAXT0HuA:x",
    "base64": ids.encode("Session", uuid4()),
    "base64 of another type": ids.encode("User", uuid4()),
    "base64 without a UUID": "U2Vzc2lvbjp4",
    "null": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "too large": 2**31,
    "huge": 10**4000,
    "a fraction": 1.5,
    "infinite": 1e308 * 10,
    "a list": [],
    "a list of texts": ["1"] * 2000,
    "a deep list": DEEP,
    "an object": {"a": {"b": []}},
}


@pytest.fixture
def post(api):
    """Send a body as a signed-in user, and check that the answer is one of ours. Returns it."""
    api.sent_code(NUMBER)
    session = new_session(now=datetime.now(UTC))
    token, _ = access_tokens.issue(session, 1, datetime.now(UTC))

    def post(body):
        body = body if isinstance(body, str) else json.dumps(body)
        answer = api.client.post(
            "/graphql", body, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code in {200, 400, 413}
        for error in answer.json().get("errors", []):
            assert error["extensions"]["code"] not in {"INTERNAL_SERVER_ERROR", "UNAVAILABLE"}, body[:200]
        return answer.json()

    post.user = session.user  # type: ignore[attr-defined]
    return post


def test_the_schema_has_these_arguments():
    """The list below is not empty, and has nested fields."""
    assert {"requestCode(phone)", "endSession(id)", "me.invitees(after)", "me.invitedPhones(first)"} <= set(
        IDS
    )


@pytest.mark.parametrize("place", PLACES, ids=IDS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_value_of_an_argument_is_a_bug(post, place, value):
    post({"query": place.document(), "variables": {"value": value}})


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_no_literal_of_an_argument_is_a_bug(post, place):
    for value in VALUES.values():
        if isinstance(value, dict | list | float):
            continue
        post({"query": place.document(literal=json.dumps(value))})
    for literal in (
        "UNKNOWN",
        "[[[[]]]]",
        "{a: {b: 1}}",
        "1.5",
        "1e999",
        "-0",
        '"""\n\\"""\n"""',
        "$unknown",
    ):
        post({"query": place.document(literal=literal)})


@pytest.mark.parametrize("place", PLACES, ids=IDS)
def test_a_lone_surrogate_in_an_argument_is_refused(post, place):
    for text in ("\ud800", "a\udfffb", "\udc00\ud800", "\ud800:x", "\ud800" * 4_000):
        for body in (
            {"query": place.document(), "variables": {"value": text}},
            {"query": place.document(literal=f'"{text}"')},
            {"query": place.document(), "variables": {"value": [{text: text}]}},
        ):
            (error,) = post(body)["errors"]
            assert error["extensions"]["code"] == "BAD_REQUEST"
            assert "surrogate" in error["message"]
        escaped = json.dumps(text)
        (error,) = post({"query": place.document(literal=escaped)})["errors"]
        assert error["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


@pytest.mark.parametrize(
    "body",
    [
        '{"query": "{ __typename }", "operationName": "\\ud800"}',
        '{"query": "{ __typename }", "extensions": {"a": "\\ud800"}}',
        '{"query": "{ __typename }", "\\udfff": 1}',
        '{"query": "{ \\ud800 }"}',
        '{"query": "query \\ud800 { __typename }"}',
        '{"query": "# \\ud800\\n{ __typename }"}',
        '{"query": "\\ud800"}',
        '["\\ud800"]',
        '"\\ud800"',
    ],
)
def test_a_lone_surrogate_anywhere_in_the_body_is_refused(post, body):
    (error,) = post(body)["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert "surrogate" in error["message"]


def test_a_surrogate_pair_is_a_character(post):
    body = '{"query": "query ($a: String!) { user(phone: $a) { id } }", "variables": {"a": "\\ud83d\\ude00"}}'
    assert post(body) == {"data": {"user": None}}


@pytest.mark.parametrize("name", ["\0", "\N{GRINNING FACE}", "x" * 90_000, "__typename", "", None, 5, [], {}])
def test_no_operation_name_is_a_bug(post, name):
    post({"query": "query A { __typename } query B { __typename }", "operationName": name})


def cursors(user):
    """Cursors that are no position in the list of a user."""
    other = Referral(inviter=new_user(), invitee=new_user(), created_at=NOON)
    purpose, id_ = f"invitees of {user.id}", uuid4().hex
    good = crypto.sign(purpose, [NOON.isoformat(), id_])
    values: list[object] = [
        [], {}, None, 1, "ab", [1, 2], [None, None], [NOON.isoformat()], [NOON.isoformat(), id_, id_],
        ["2026-02-30T00:00:00+00:00", id_], ["10000-01-01", id_], ["", id_], [NOON.isoformat(), "x"],
        ["0001-01-01T00:00:00+23:59", id_], ["9999-12-31T23:59:59-23:59", id_], [NOON.isoformat(), 5],
    ]  # fmt: skip
    yield from (crypto.sign(purpose, value) for value in values)
    yield from (cursor_of(other), crypto.sign("another purpose", [NOON.isoformat(), id_]))
    yield from (
        good[:-1],
        good[1:],
        good.split(":")[0],
        good + "=",
        good.replace(":", ""),
        good.upper(),
        "é" + good,
    )


@pytest.mark.parametrize("argument", ["after", "before"])
def test_a_cursor_that_is_no_position_is_refused(post, argument):
    for cursor in cursors(post.user):
        document = f"query ($c: String) {{ me {{ invitees({argument}: $c) {{ edges {{ cursor }} }} }} }}"
        (error,) = post({"query": document, "variables": {"c": cursor}})["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert "cursor" in error["message"]


@pytest.mark.parametrize(
    "year", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00", "2026-01-01"]
)
def test_the_first_and_last_instants_are_positions(post, year):
    cursor = crypto.sign(f"invitees of {post.user.id}", [year, uuid4().hex])
    for argument in ("after", "before"):
        document = f'{{ me {{ invitees({argument}: "{cursor}") {{ edges {{ cursor }} }} }} }}'
        assert post({"query": document})["data"]["me"] == {"invitees": {"edges": []}}


def test_variables_by_get_are_read_like_those_of_a_body(client):
    for variables, code in (
        ('{"a": "\\ud800"}', "BAD_REQUEST"),
        ("[", "BAD_REQUEST"),
        ('"a"', "BAD_REQUEST"),
    ):
        answer = client.get(
            "/graphql", {"query": "query ($a: String) { __typename }", "variables": variables}
        )
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["extensions"]["code"]) == (400, code)
