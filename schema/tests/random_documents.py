"""Random documents of the real schema: large, repetitive and wrong in any way."""

from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

from schema.api import schema

SCHEMA = schema._schema
DEEPEST = 9
LITERALS = [
    *(
        "1",
        "100",
        "-1",
        "99999999999",
        "1.5e9",
        "true",
        "null",
        "BAD",
        "$v",
        '""',
        '"\\u0444"',
        '"+79110000000"',
    ),
    *(
        "[1 2 3]",
        "[[[[1]]]]",
        "{a: {b: [1]}}",
        '"""\n block\n"""',
        '"' + "x" * 500 + '"',
        '"' + "ф" * 200 + '"',
    ),
]
VALUES = [
    None,
    5,
    "text",
    "ф" * 5000,
    [[[1]]],
    ["x"] * 300,
    {"a": "b"},
    [[[[["x"]]]]] * 200,
    10**1000,
    True,
    1.5,
]
DIRECTIVES = [
    "@include(if: true)",
    "@skip(if: false)",
    "@include(if: $v)",
    "@skip(if: 1)",
    "@unknown",
    "@include",
]


@dataclass(frozen=True)
class Shape:
    """How a document looks. The chances are from 0 to 1. `wrong` is for unknown names and bad values."""

    seed: int
    operation: str
    tokens: int
    breadth: int
    name_length: int
    alias: float
    fragment: float
    directive: float
    wrong: float
    introspection: float
    repeat: float


def chance() -> st.SearchStrategy[float]:
    """Never, now and then, or any."""
    return st.one_of(st.just(0.0), st.just(0.1), st.floats(0, 1))


SHAPES = st.builds(
    Shape,
    seed=st.integers(0, 2**32),
    operation=st.sampled_from(["query", "query", "mutation"]),
    tokens=st.integers(1, 1200),
    breadth=st.integers(1, 40),
    name_length=st.sampled_from([1, 5, 120, 129, 1000]),
    alias=chance(),
    fragment=chance(),
    directive=chance(),
    wrong=chance(),
    introspection=chance(),
    repeat=chance(),
)


class Writer:
    """Writes the document of a shape. `left` is about how many tokens it may still have."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.left = shape, shape.tokens
        self.random = Random(shape.seed)  # noqa: S311, not for secrets
        self.fragments: list[tuple[str, str]] = []

    def body(self) -> dict[str, Any]:
        """A request with the document and a value of its variable."""
        root = SCHEMA.query_type if self.shape.operation == "query" else SCHEMA.mutation_type
        assert root
        selection = self.selection(root, 0)
        variable = self.random.choice(["String", "Int", "Boolean!", "[String]", "[[[Int]]]", "Unknown", "ID"])
        rest = " ".join([selection, *(f"fragment {name} {each}" for name, each in self.fragments)])
        variables = f"($v: {variable})" if "$v" in rest else ""
        query = f"{self.shape.operation} {self.name()} {variables} {rest}"
        return {"query": query, "variables": {"v": self.random.choice(VALUES)}}

    def name(self) -> str:
        return self.random.choice("abcdefghij") * self.shape.name_length + str(self.random.randrange(1000))

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def selection(self, type_: GraphQLNamedType, depth: int) -> str:
        nodes: list[str] = []
        for _ in range(self.random.randint(1, self.shape.breadth)):
            if self.left <= 0:
                break
            again = nodes and self.happens(self.shape.repeat)
            nodes.append(self.random.choice(nodes) if again else self.node(type_, depth))
            self.left -= nodes[-1].count(" ") // 2 + 1 if again else 1
        return f"{{ {' '.join(nodes) or '__typename'} }}"

    def node(self, type_: GraphQLNamedType, depth: int) -> str:
        if depth >= DEEPEST or not self.happens(self.shape.fragment):
            return self.field(type_, depth)
        self.left -= 4
        condition = self.condition(type_)
        selection = self.selection(condition, depth + 1)
        if self.happens(0.3):
            return f"... on {condition.name} {self.directive()} {selection}"
        name = f"F{len(self.fragments)}"
        self.fragments.append((name, f"on {condition.name} {selection}"))
        return f"...{name} {self.directive()}"

    def condition(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return self.random.choice([type_, *SCHEMA.get_possible_types(type_)])
        return self.random.choice([*SCHEMA.type_map.values()]) if self.happens(self.shape.wrong) else type_

    def field(self, type_: GraphQLNamedType, depth: int) -> str:
        fields = {**getattr(type_, "fields", {})}
        if type_ is SCHEMA.query_type and self.happens(self.shape.introspection):
            fields = {"__schema": SCHEMA.type_map["__Schema"], "__type": SCHEMA.type_map["__Type"]}
        name = self.random.choice([*fields, "__typename"])
        found = fields.get(name)
        named = found if isinstance(found, GraphQLObjectType) else found and get_named_type(found.type)
        alias = f"{self.name()}: " if self.happens(self.shape.alias) else ""
        shown = self.name() if self.happens(self.shape.wrong) else name
        head = f"{alias}{shown}{self.arguments(getattr(found, 'args', {}))} {self.directive()}"
        if named is None or is_leaf_type(named) or depth >= DEEPEST:
            return head
        return f"{head} {self.selection(named, depth + 1)}"

    def arguments(self, definitions: dict[str, Any]) -> str:
        names = [
            name for name, each in definitions.items() if is_required_argument(each) or self.happens(0.5)
        ]
        if self.happens(self.shape.wrong):
            names += [self.name()]
        self.left -= 3 * len(names)
        texts = (f"{name}: {self.literal(name)}" for name in names)
        return f"({', '.join(texts)})" if names else ""

    def literal(self, name: str) -> str:
        good = {"first": "100", "last": "100", "everywhere": "false"}.get(name, '"+79110000000"')
        return self.random.choice(LITERALS) if self.happens(self.shape.wrong) else good

    def directive(self) -> str:
        return self.random.choice(DIRECTIVES) if self.happens(self.shape.directive) else ""
