"""Makes the plan of an operation: each field with its resolver and with the completion of its value."""

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    TypeNameMetaFieldDef,
    is_leaf_type,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.execute import get_field_def

from schema.plan import completion
from schema.plan.fields import Complete, Place, Run, attribute, field
from schema.plan.resolving import attribute_of, nullable, resolver_of

MOST_FIELDS = 300  # bounds the memory of a plan


class Unplanned(Exception):
    """This operation is left to graphql-core."""


def plan_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Run | None:
    """The plan of an operation of a valid document; None if it is left to graphql-core."""
    try:
        return _Planner(schema, document).operation(operation)
    except (Unplanned, GraphQLError):  # without the value of its variable, a directive is a GraphQLError
        return None


class _Planner:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        fragments = (each for each in document.definitions if isinstance(each, FragmentDefinitionNode))
        self.fragments = {each.name.value: each for each in fragments}
        self.left = MOST_FIELDS

    def operation(self, operation: OperationDefinitionNode) -> Run:
        root = self.schema.get_root_type(operation.operation)
        if root is None:
            raise Unplanned
        fields = collect_fields(self.schema, self.fragments, {}, root, operation.selection_set)
        return self._selection(root, fields)

    def _selection(self, parent: GraphQLObjectType, fields: dict[str, list[FieldNode]]) -> Run:
        runs = [(key, self._field(parent, key, nodes)) for key, nodes in fields.items()]
        return lambda execution, source, path: {key: run(execution, source, path) for key, run in runs}

    def _field(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Run:
        self.left -= 1
        definition = get_field_def(self.schema, parent, nodes[0])
        if definition is TypeNameMetaFieldDef:
            return lambda *_: parent.name
        if definition is None or nodes[0].name.value.startswith("__") or self.left < 0:
            raise Unplanned
        place = Place(parent, key, nodes, definition.type)
        complete = self._completion(definition.type, place)
        read = attribute_of(definition)
        if read and is_leaf_type(nullable(definition.type)):
            return attribute(place, read, complete)
        return field(place, resolver_of(definition, nodes[0]), complete)

    def _completion(self, kind: GraphQLOutputType, place: Place) -> Complete:
        match kind:
            case GraphQLNonNull():
                return completion.required(self._completion(kind.of_type, place), place)
            case GraphQLList():
                return completion.listed(kind, self._completion(kind.of_type, place), place)
            case GraphQLScalarType() | GraphQLEnumType():
                return completion.leaf(kind)
            case GraphQLInterfaceType() | GraphQLUnionType():
                possible = self.schema.get_possible_types(kind)
                objects = {each.name: self._object(each, place) for each in possible}
                return completion.abstract(kind, objects, place)
            case GraphQLObjectType():
                return self._object(kind, place)
        raise Unplanned

    def _object(self, kind: GraphQLObjectType, place: Place) -> Complete:
        fields = collect_sub_fields(self.schema, self.fragments, {}, kind, place.nodes)
        return completion.of_object(kind, self._selection(kind, fields), place)
