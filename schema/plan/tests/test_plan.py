"""A plan answers as graphql-core does."""

from collections import namedtuple
from typing import Any

import pytest
from graphql import (
    ExecutionContext,
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    OperationDefinitionNode,
    Undefined,
    execute_sync,
    parse,
)

from schema.plan.planner import plan_of

Item = namedtuple("Item", "kind text")


def polite(text):
    if text == "bad":
        raise GraphQLError("This is not polite.")
    if text == "worse":
        raise ValueError(text)
    return None if text == "nothing" else text


POLITE = GraphQLScalarType("Polite", serialize=polite)


def both(schema: GraphQLSchema, text: str, **variables: Any) -> tuple[Any, Any]:
    """What graphql-core and the plan answer: the data, and message, path and places of each error."""
    document = parse(text)
    expected = execute_sync(schema, document, variable_values=variables)
    (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    plan = plan_of(schema, document, operation)
    assert plan
    execution = ExecutionContext.build(schema, document, raw_variable_values=variables)
    assert isinstance(execution, ExecutionContext)
    try:
        data = plan(execution, None, None)
    except GraphQLError as error:
        execution.collected_errors.add(error, None)
        data = None
    return seen(expected), seen(execution.build_response(data, execution.collected_errors.errors))


def seen(result: Any) -> Any:
    errors = [(error.message, error.path, error.locations) for error in result.errors or ()]
    return result.data, errors


def assert_same(schema, text, **variables):
    expected, planned = both(schema, text, **variables)
    assert planned == expected
    return planned


def schema_of(type_, resolve):
    return GraphQLSchema(GraphQLObjectType("Query", {"it": GraphQLField(type_, resolve=resolve)}))


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
        ["one", Undefined],
        [1, 2],
        ["one", 2],
        [["one"], ["two"]],
        ["one", GraphQLError("This one failed.")],
        ["one", ValueError("This one failed.")],
        ("one", "two"),
        {"one": 1},
        "one",
        5,
        None,
        Undefined,
        ValueError("All failed."),
    ],
    ids=str,
)
def test_lists_of_scalars(scalar, nullable, values):
    item = scalar if nullable else GraphQLNonNull(scalar)
    for list_ in (GraphQLList(item), GraphQLNonNull(GraphQLList(item)), GraphQLList(GraphQLList(item))):
        assert_same(schema_of(list_, lambda *_: values), "{ it }")


def test_a_generator_is_consumed_only_once():
    schema = schema_of(GraphQLList(GraphQLString), lambda *_: (text for text in ("one", "two")))
    assert assert_same(schema, "{ it }") == ({"it": ["one", "two"]}, [])


TEXT = {
    "text": GraphQLField(POLITE),
    "need": GraphQLField(GraphQLNonNull(POLITE), resolve=lambda it, _: it.text),
}
NAMED = GraphQLInterfaceType("Named", TEXT, resolve_type=lambda it, *_: it.kind)
ONE = GraphQLObjectType("One", TEXT, interfaces=[NAMED])
TWO = GraphQLObjectType("Two", TEXT, interfaces=[NAMED], is_type_of=lambda it, _: it.text != "other")
OTHER = GraphQLObjectType("Other", TEXT)
EITHER = GraphQLUnionType("Either", [ONE, TWO], resolve_type=lambda it, *_: it.kind)
ITEMS = [
    *(
        Item(kind, text)
        for kind in ("One", "Two")
        for text in ("fine", "bad", "worse", "nothing", None, "other")
    ),
    *(Item(kind, "fine") for kind in ("Other", "Missing", "Polite", None, 5)),
    None,
    ValueError("It failed."),
]
SELECTIONS = [
    "{ __typename }",
    "{ ... on Named { text } }",
    "{ ... on One { text } ... on Two { need } }",
    "{ ... on Named { need text need } a: __typename }",
    "{ ...f } fragment f on Named { text ... on Two { again: need } }",
    "{ ... on One @skip(if: true) { text } ... on Two @include(if: true) { need } }",
]


@pytest.mark.parametrize("item", ITEMS, ids=str)
@pytest.mark.parametrize("abstract", [NAMED, EITHER], ids=str)
def test_objects_of_interfaces_and_unions(abstract, item):
    types = [abstract, GraphQLNonNull(abstract), GraphQLList(abstract), GraphQLList(GraphQLNonNull(abstract))]
    for type_ in types:
        value = [item, Item("One", "fine"), item] if "[" in str(type_) else item
        schema = GraphQLSchema(
            GraphQLObjectType("Query", {"it": GraphQLField(type_, resolve=lambda *_: value)}),
            types=[ONE, TWO, OTHER, POLITE],
        )
        for selection in SELECTIONS:
            head, _, rest = selection.partition(" fragment")
            assert_same(schema, f"{{ first: it {head} it {head} }}" + (rest and f" fragment{rest}"))


def test_objects_of_types_that_do_not_know_them():
    for type_ in (ONE, TWO):
        assert_same(schema_of(type_, lambda *_: Item("One", "other")), "{ it { text need } }")


@pytest.mark.parametrize("text", ["fine", "bad", "worse"])
def test_arguments(text):
    def say(source, info, **given):
        assert info.path.as_list() == [info.field_nodes[0].alias.value]
        return polite(given.get("text", "absent")) + str(info.variable_values)

    arguments = {"text": GraphQLArgument(GraphQLString)}
    query = GraphQLObjectType("Query", {"say": GraphQLField(GraphQLString, args=arguments, resolve=say)})
    fields = f'u: say(text: "{text}") v: say(text: $a) w: say(text: $b) x: say'
    assert_same(GraphQLSchema(query), f"query ($a: String, $b: String) {{ {fields} }}", a=text)


@pytest.mark.parametrize(
    "document",
    [
        "query ($yes: Boolean!) { it @skip(if: $yes) }",
        "query ($yes: Boolean!) { ... @include(if: $yes) { it } }",
        "{ __schema { description } }",
        '{ it __type(name: "Query") { name } }',
        "{ missing }",
        "mutation { it }",
        "{ " + " ".join(f"a{n}: it" for n in range(301)) + " }",
    ],
)
def test_what_is_left_to_graphql_core(document):
    parsed = parse(document)
    (operation,) = parsed.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert plan_of(schema_of(GraphQLString, lambda *_: "it"), parsed, operation) is None
