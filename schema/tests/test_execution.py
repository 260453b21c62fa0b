import asyncio

import pytest
from graphql import (
    ExecutionContext,
    ExecutionResult,
    GraphQLError,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    execute,
    parse,
)

from schema import execution
from schema.execution import Execution


def polite(text):
    if text == "bad":
        raise GraphQLError("This is not polite.")
    if text == "worse":
        raise ValueError(text)
    return None if text == "nothing" else text


POLITE = GraphQLScalarType("Polite", serialize=polite)


@pytest.mark.parametrize("scalar", [GraphQLString, GraphQLID, GraphQLInt, POLITE], ids=str)
@pytest.mark.parametrize("nullable", [True, False])
@pytest.mark.parametrize(
    "values",
    [
        [],
        ["one", "two"],
        ["1", "2"],
        ["one", "bad", "two"],
        ["one", "worse"],
        ["one", "nothing"],
        ["one", "nothing", "bad"],
        ["one", None],
        [1, 2],
        ["one", 2],
        ["one", GraphQLError("This one failed.")],
        ("one", "two"),
        "one",
        None,
    ],
    ids=str,
)
def test_a_list_is_completed_as_graphql_core_does(scalar, nullable, values):
    item = scalar if nullable else GraphQLNonNull(scalar)
    field = GraphQLField(GraphQLList(item), resolve=lambda *_: values)
    assert executed(Execution, field) == executed(ExecutionContext, field)


def test_a_list_of_texts_is_not_left_to_graphql_core(monkeypatch):
    monkeypatch.setattr(ExecutionContext, "complete_list_value", None)
    completed = []

    def are_texts(values):
        completed.append(values)
        return True

    monkeypatch.setattr(execution, "_are_texts", are_texts)
    field = GraphQLField(GraphQLList(GraphQLString), resolve=lambda *_: ["one", "two"])
    assert executed(Execution, field) == ({"list": ["one", "two"]}, [])
    assert completed == [["one", "two"]] * 2


def test_a_generator_is_consumed_only_once():
    field = GraphQLField(GraphQLList(GraphQLString), resolve=lambda *_: (text for text in ("one", "two")))
    assert executed(Execution, field) == ({"list": ["one", "two"]}, [])


def test_awaitable_items_are_awaited():
    async def later():
        return "one"

    field = GraphQLField(GraphQLList(GraphQLString), resolve=lambda *_: [later()])
    schema = GraphQLSchema(GraphQLObjectType("Query", {"list": field}))
    result = asyncio.run(awaited(execute(schema, parse("{ list }"), execution_context_class=Execution)))
    assert result.data == {"list": ["one"]}


async def awaited(result):
    return await result


def executed(execution, field):
    """The data, and the message and path of each error."""
    schema = GraphQLSchema(GraphQLObjectType("Query", {"list": field}))
    result = execute(schema, parse("{ list }"), execution_context_class=execution)
    assert isinstance(result, ExecutionResult)
    return result.data, [(error.message, error.path) for error in result.errors or ()]
