"""The largest values of the schema's fields."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import translation
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
)

from referral.models import Referral, Session, User
from referral.refusals import ProblemCode
from referral.sessions import refresh_tokens
from referral.tests.factories import NOON, new_user
from schema import ids
from schema.api import schema
from schema.limits import sizes
from schema.limits.sizes import bytes_of
from schema.problems import Problem
from schema.tokens import access_tokens
from schema.types.invitee import cursor_of

pytestmark = pytest.mark.django_db

TYPES = schema._schema.type_map
FIELDS = {
    (type_.name, name): field.type
    for type_ in TYPES.values()
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not is_introspection_type(type_)
    for name, field in type_.fields.items()
}
LEAVES = {
    key: leaf
    for key, type_ in FIELDS.items()
    if isinstance(leaf := get_named_type(type_), GraphQLScalarType | GraphQLEnumType)
}
EMOJI = "\N{GRINNING FACE}"


def test_every_leaf_has_a_largest_size():
    assert LEAVES
    for (_, name), leaf in LEAVES.items():
        assert bytes_of(name, leaf) > 0
    with pytest.raises(KeyError):
        bytes_of("new", GraphQLString)


def test_every_size_and_length_belongs_to_a_field():
    names = {name for _, name in FIELDS} | {"__typename"}
    assert set(sizes.OF_FIELD) <= names
    assert set(sizes.LISTS) <= names


def test_every_list_has_a_longest_length():
    lists = {key for key, type_ in FIELDS.items() if is_list_type(get_nullable_type(type_))}
    connections = {
        key: type_ for key, type_ in FIELDS.items() if get_named_type(type_).name.endswith("Connection")
    }
    assert {name for _, name in (*lists, *connections)} - set(sizes.LISTS) == {"edges"}
    assert {type_ for type_, name in lists if name == "edges"} == {"InviteeConnection"}


@pytest.fixture
def largest():
    """The largest value of each field, by name."""
    user = User(id=new_user().id, phone="+123456789012345", invite_code="W" * 16, created_at=NOON)
    session = Session(user=user, created_at=datetime.max.replace(tzinfo=UTC) - timedelta(days=500))
    session.last_used_at = session.created_at
    referral = Referral(inviter=user, invitee=user, created_at=datetime.max.replace(tzinfo=UTC))
    token, _ = access_tokens.issue(session, 2**31 - 1, session.created_at)
    cursor = cursor_of(referral)
    return {
        "__typename": max(TYPES, key=len),
        "code": max(ProblemCode.__members__, key=len),
        "phone": user.phone,
        "invitedPhones": user.phone,
        "inviteCode": user.invite_code,
        "activatedCode": user.invite_code,
        "inviteLink": f"https://example.com/i/{user.invite_code}",
        "userAgent": EMOJI * 256,
        "ipAddress": "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
        "accessToken": token,
        "refreshToken": refresh_tokens.encode(session.id, 2**63 - 1),
        "demoCode": "0" * 10,
        "cursor": cursor,
        "startCursor": cursor,
        "endCursor": cursor,
        "id": max((ids.encode(type_, user.id) for type_, name in FIELDS if name == "id"), key=len),
        "message": max(messages(), key=lambda text: len(json.dumps(text))),
    }


def messages():
    for language in ("en", "ru"):
        with translation.override(language):
            yield from (str(problem.text) for problem in Problem.__subclasses__())


def test_no_value_is_larger_than_its_bound(largest):
    instant = datetime.max.replace(tzinfo=timezone(timedelta(hours=-23, minutes=-59)))
    of_type = {"Boolean": False, "Int": -(2**31), "DateTime": instant.isoformat()}
    for (type_, name), leaf in {**LEAVES, ("Query", "__typename"): GraphQLString}.items():
        value = largest.get(name, of_type.get(leaf.name))
        assert value is not None, f"{type_}.{name}"
        assert len(json.dumps(value)) <= bytes_of(name, leaf), f"{type_}.{name}"


@pytest.mark.parametrize(
    ("model", "name", "field"),
    [
        (Session, "user_agent", "userAgent"),
        (User, "invite_code", "inviteCode"),
        (Referral, "code", "activatedCode"),
    ],
)
def test_a_column_of_text_fits_its_bound(model, name, field):
    length = model._meta.get_field(name).max_length
    widest = 12 if field == "userAgent" else 1
    assert length * widest + 2 == bytes_of(field, GraphQLString)
