"""Limits of the answer's size, by the largest values that the schema allows.

Each fragment is measured once, so the work is linear in the size of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    InlineFragmentNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionNode,
    SelectionSetNode,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    ValidationContext,
    ValidationRule,
    get_named_type,
    is_introspection_type,
    is_list_type,
)

from schema.limits.refusal import refuse
from schema.limits.sizes import bytes_of, items_of

MOST_VALUES = 3000  # leaves; each takes as long as an object
MOST_OBJECTS = 1500
MOST_BYTES = 1_000_000
META = {"__typename": TypeNameMetaFieldDef, "__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
# The lists of an introspection that lead from types to types. Its others are short.
LISTS = {"fields", "interfaces", "possibleTypes", "inputFields"}


@dataclass(frozen=True)
class Size:
    """The largest answer to a selection. `lists` counts lists of an introspection inside one another.

    Nothing else of an introspection is counted: without aliases and nested lists it is short enough.
    """

    values: int = 0
    objects: int = 0
    bytes: int = 0
    lists: int = 0

    def __add__(self, other: Size) -> Size:
        """The size of both selections side by side."""
        values, objects = self.values + other.values, self.objects + other.objects
        return Size(values, objects, self.bytes + other.bytes, max(self.lists, other.lists))

    def __mul__(self, items: int) -> Size:
        return Size(self.values * items, self.objects * items, self.bytes * items, self.lists)


class AnswerLimits(ValidationRule):
    """Raises at the first node of the document. Runs after DocumentLimits, which bounds the recursion."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.measured: dict[tuple[str, int], Size] = {}

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                root = self.context.schema.get_root_type(definition.operation)
                _require(self._measure(definition.selection_set, root, 1))

    def _measure(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, items: int
    ) -> Size:
        """`items` is how many the edges of a connection are, if the parent is one."""
        nodes = selections.selections if selections else ()
        return sum((self._measure_one(node, parent, items) for node in nodes), Size())

    def _measure_one(self, node: SelectionNode, parent: GraphQLNamedType | None, items: int) -> Size:
        if isinstance(node, FieldNode):
            return self._measure_field(node, parent, items)
        if isinstance(node, FragmentSpreadNode):
            return self._measure_fragment(node.name.value, items)
        assert isinstance(node, InlineFragmentNode)
        condition = node.type_condition
        return self._measure(node.selection_set, self._type(condition) if condition else parent, items)

    def _measure_fragment(self, name: str, items: int) -> Size:
        key = name, items
        if key not in self.measured:
            self.measured[key] = Size()  # inside itself; a standard rule rejects it
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            if fragment:
                parent = self._type(fragment.type_condition)
                self.measured[key] = self._measure(fragment.selection_set, parent, items)
        return self.measured[key]

    def _measure_field(self, node: FieldNode, parent: GraphQLNamedType | None, items: int) -> Size:
        name = node.name.value
        field: GraphQLField | None = META.get(name) or getattr(parent, "fields", {}).get(name)
        if field is None:  # a standard rule rejects it
            return Size()
        named = get_named_type(field.type)
        if is_introspection_type(named) or (parent and is_introspection_type(parent)):
            return self._introspect(node, named)
        own_items = items_of(node) or items
        if isinstance(named, GraphQLScalarType | GraphQLEnumType):
            item = Size(values=1, bytes=bytes_of(name, named) + len(","))
        else:
            item = self._measure(node.selection_set, named, own_items) + Size(objects=1, bytes=len("{},"))
        nullable = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        length = own_items if is_list_type(nullable) else 1
        return item * length + Size(bytes=len((node.alias or node.name).value) + len('"":[],'))

    def _introspect(self, node: FieldNode, named: GraphQLNamedType) -> Size:
        if node.alias:
            refuse("An introspection can have no aliases.")
        inner = self._measure(node.selection_set, named, 1)
        return Size(lists=inner.lists + (node.name.value in LISTS))

    def _type(self, condition: NamedTypeNode) -> GraphQLNamedType | None:
        return self.context.schema.get_type(condition.name.value)


def _require(size: Size) -> None:
    if size.lists > 1:
        refuse(f"An introspection cannot have one of {', '.join(sorted(LISTS))} inside another.")
    if size.values > MOST_VALUES:
        refuse(f"An operation can ask for at most {MOST_VALUES} values, each list at its longest.")
    if size.objects > MOST_OBJECTS:
        refuse(f"An operation can ask for at most {MOST_OBJECTS} objects, each list at its longest.")
    if size.bytes > MOST_BYTES:
        refuse(f"An operation can ask for at most {MOST_BYTES} bytes, each value at its longest.")
