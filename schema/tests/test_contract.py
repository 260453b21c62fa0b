"""The schema as a contract with clients."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLUnionType, is_introspection_type
from strawberry.printer import print_schema

from referral import accounts, invites, refusals, sessions, sign_in
from schema.api import schema
from schema.errors import REFUSALS
from schema.tests.raised import raised_by

TYPES = [type_ for type_ in schema._schema.type_map.values() if not is_introspection_type(type_)]
ACTS: dict[str, Callable[..., object]] = {
    "RequestCodeResult": sign_in.request_code,
    "VerifyCodeResult": sign_in.verify_code,
    "ActivateInviteResult": invites.activate,
    "RefreshSessionResult": sessions.refresh,
    "DeleteAccountResult": accounts.delete,
}


def subclasses(cls):
    return {cls, *(found for child in cls.__subclasses__() for found in subclasses(child))}


def test_the_exported_schema_is_up_to_date():
    exported = Path(__file__).parent.parent / "schema.graphql"
    assert exported.read_text() == print_schema(schema), "make schema"


def parts():
    """Every type, field and argument, with its path."""
    for type_ in TYPES:
        yield type_.name, type_
        for name, field in getattr(type_, "fields", {}).items():
            yield f"{type_.name}.{name}", field
            for argument, value in field.args.items():
                yield f"{type_.name}.{name}({argument})", value


def test_everything_has_a_description():
    assert [path for path, part in parts() if not part.description] == []


def members(union):
    type_ = schema._schema.type_map[union]
    assert isinstance(type_, GraphQLUnionType)
    return {member.name for member in type_.types}


@pytest.mark.parametrize("union", ACTS)
def test_every_refusal_of_an_act_is_a_member_of_its_union(union):
    names = {cls.__name__ for cls in subclasses(refusals.Refusal)}
    raised = {cls.__name__ for cls in raised_by(ACTS[union])}
    assert raised == names & members(union)
    assert raised == names & set(re.findall(r"\w+", str(inspect.getdoc(ACTS[union])).partition("Raises ")[2]))


def test_every_refusal_maps_to_the_problem_of_the_same_name():
    shown = {handler.exception_type: handler.error_type.__name__ for handler in REFUSALS}
    assert shown == {cls: cls.__name__ for cls in subclasses(refusals.Refusal) - {refusals.Refusal}}


def test_every_result_is_one_success_type_and_problems():
    problem = schema._schema.type_map["Problem"]
    for type_ in TYPES:
        if isinstance(type_, GraphQLUnionType):
            successes = [member for member in type_.types if problem not in member.interfaces]
            assert len(successes) == 1, type_.name


def test_graphql_types_have_the_names_of_their_python_classes():
    for type_ in TYPES:
        if isinstance(type_, GraphQLObjectType | GraphQLEnumType):
            definition = type_.extensions.get("strawberry-definition")
            cls = getattr(definition, "origin", None) or getattr(definition, "wrapped_cls", None)
            assert cls is not None
            assert cls.__name__ == type_.name
