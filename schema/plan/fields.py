"""Fields of a plan: resolve, complete, and leave errors to graphql-core."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    located_error,
)
from graphql.pyutils import Path

from schema.plan.resolving import Resolve

Run = Callable[[ExecutionContext, Any, Path | None], Any]
"""Resolves and completes a field, or all fields of an object, of a source at the path of the object."""
Complete = Callable[[ExecutionContext, Any, Any, Any], Any]
"""Completes a value with the GraphQLResolveInfo and the Path of its field, which scalars do not need."""


@dataclass(frozen=True)
class Place:
    """A field of an operation."""

    parent: GraphQLObjectType
    key: str
    nodes: list[FieldNode]
    type: GraphQLOutputType

    def path(self, of_object: Path | None) -> Path:
        return Path(of_object, self.key, self.parent.name)

    def info(self, execution: ExecutionContext, path: Path) -> GraphQLResolveInfo:
        return GraphQLResolveInfo(
            self.nodes[0].name.value,
            self.nodes,
            self.type,
            self.parent,
            path,
            execution.schema,
            execution.fragments,
            execution.root_value,
            execution.operation,
            execution.variable_values,
            execution.context_value,
            execution.is_awaitable,
        )

    def fail(
        self, execution: ExecutionContext, error: Exception, path: Path, type_: GraphQLOutputType
    ) -> None:
        """Let graphql-core note the error, or raise it where the type does not allow null."""
        execution.handle_field_error(located_error(error, self.nodes, path.as_list()), type_, path)


def attribute(place: Place, read: Callable[[Any], Any], complete: Complete) -> Run:
    """A scalar that is an attribute of its source. Its path is needed only for an error."""

    def run(execution: ExecutionContext, source: Any, path: Path | None) -> Any:
        try:
            return complete(execution, read(source), None, None)
        except Exception as error:  # noqa: BLE001, as graphql-core does
            place.fail(execution, error, place.path(path), place.type)

    return run


def field(place: Place, resolve: Resolve, complete: Complete) -> Run:
    """Any other field."""

    def run(execution: ExecutionContext, source: Any, path: Path | None) -> Any:
        own = place.path(path)
        info = place.info(execution, own)
        try:
            return complete(execution, resolve(execution, source, info), info, own)
        except Exception as error:  # noqa: BLE001, as graphql-core does
            place.fail(execution, error, own, place.type)

    return run
