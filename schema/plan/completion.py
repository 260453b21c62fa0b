"""Completion of values: https://spec.graphql.org/October2021/#sec-Value-Completion."""

from typing import Any

from graphql import (
    ExecutionContext,
    GraphQLAbstractType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLResolveInfo,
    Undefined,
    is_leaf_type,
)
from graphql.execution.execute import invalid_return_type_error
from graphql.pyutils import Path

from schema.plan.fields import Complete, Place, Run
from schema.plan.resolving import nullable

complete_leaf = ExecutionContext.complete_leaf_value


def required(inner: Complete, place: Place) -> Complete:
    def complete(execution: ExecutionContext, value: Any, info: GraphQLResolveInfo, path: Path) -> Any:
        completed = inner(execution, value, info, path)
        if completed is None:
            field = f"{place.parent.name}.{place.nodes[0].name.value}"
            raise TypeError(f"Cannot return null for non-nullable field {field}.")
        return completed

    return complete


def leaf(kind: GraphQLLeafType) -> Complete:
    def complete(execution: ExecutionContext, value: Any, info: GraphQLResolveInfo, path: Path) -> Any:
        return None if is_null(value) else complete_leaf(kind, value)

    return complete


def listed(kind: GraphQLList[Any], one: Complete, place: Place) -> Complete:
    """A list. Items that are scalars need no path, unless one of them fails."""
    item, has_paths = kind.of_type, not is_leaf_type(nullable(kind.of_type))

    def complete(execution: ExecutionContext, values: Any, info: GraphQLResolveInfo, path: Path) -> Any:
        if is_null(values):
            return None
        if type(values) is not list:
            return execution.complete_list_value(kind, place.nodes, info, path, values)
        completed = []
        for index, value in enumerate(values):
            own = path.add_key(index, None) if has_paths else path
            try:
                completed.append(one(execution, value, info, own))
            except Exception as error:  # noqa: BLE001, as graphql-core does
                place.fail(execution, error, path.add_key(index, None), item)
                completed.append(None)
        return completed

    return complete


def of_object(kind: GraphQLObjectType, run: Run, place: Place) -> Complete:
    def complete(execution: ExecutionContext, value: Any, info: GraphQLResolveInfo, path: Path) -> Any:
        if is_null(value):
            return None
        if kind.is_type_of and not kind.is_type_of(value, info):
            raise invalid_return_type_error(kind, value, place.nodes)
        return run(execution, value, path)

    return complete


def abstract(kind: GraphQLAbstractType, possible: dict[str, Complete], place: Place) -> Complete:
    def complete(execution: ExecutionContext, value: Any, info: GraphQLResolveInfo, path: Path) -> Any:
        if is_null(value):
            return None
        name = (kind.resolve_type or execution.type_resolver)(value, info, kind)
        runtime = execution.ensure_valid_runtime_type(name, kind, place.nodes, info, value)
        return possible[runtime.name](execution, value, info, path)

    return complete


def is_null(value: Any) -> bool:
    """Whether a value means null. Raises it if it is an exception."""
    if isinstance(value, Exception):
        raise value
    return value is None or value is Undefined
