"""How a field is resolved, decided once a document."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLResolveInfo,
    VariableNode,
    default_field_resolver,
    get_argument_values,
    get_named_type,
    is_specified_scalar_type,
    is_union_type,
)
from strawberry import Info
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

Resolve = Callable[[ExecutionContext, Any, GraphQLResolveInfo], Any]
Arguments = Callable[[ExecutionContext], dict[str, Any]]

DEFINITION = "strawberry-definition"


def attribute_of(definition: GraphQLField) -> Callable[[Any], Any] | None:
    """The function that reads the field, if it is an attribute of its source."""
    field = _plain(definition)
    return attrgetter(field.python_name) if field and not field.base_resolver else None


def resolver_of(definition: GraphQLField, node: FieldNode) -> Resolve:
    """The function that resolves the field."""
    field = _plain(definition)
    if field and field.base_resolver:
        return _call(field, field.base_resolver, _arguments(field, definition, node))
    resolve = definition.resolve or default_field_resolver
    return lambda execution, source, info: resolve(
        source, info, **get_argument_values(definition, node, execution.variable_values)
    )


def _plain(definition: GraphQLField) -> StrawberryField | None:
    """Strawberry's definition of the field, if Strawberry only calls its function.

    For others it converts arguments, reads querysets, or turns exceptions into members of a union.
    """
    field = definition.extensions.get(DEFINITION)
    is_plain = (
        type(field) is StrawberryField
        and not field.extensions
        and not is_union_type(get_named_type(definition.type))
        and all(is_specified_scalar_type(nullable(each.type)) for each in definition.args.values())
    )
    return field if is_plain else None


def nullable(type_: Any) -> Any:
    """The type without its `!`."""
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_


def _arguments(field: StrawberryField, definition: GraphQLField, node: FieldNode) -> Arguments:
    """The arguments of the field's function: computed once, unless they need variables."""
    names = dict(zip(definition.args, (each.python_name for each in field.arguments), strict=True))

    def compute(variables: dict[str, Any]) -> dict[str, Any]:
        given = get_argument_values(definition, node, variables)
        return {names[name]: value for name, value in given.items()}

    if any(isinstance(argument.value, VariableNode) for argument in node.arguments):
        return lambda execution: compute(execution.variable_values)
    constant = compute({})
    return lambda _: constant


def _call(field: StrawberryField, resolver: StrawberryResolver[Any], arguments: Arguments) -> Resolve:
    places = (resolver.parent_parameter, resolver.root_parameter)
    of_source = [parameter.name for parameter in places if parameter]
    of_info = resolver.info_parameter and resolver.info_parameter.name
    first = bool(resolver.self_parameter)

    def resolve(execution: ExecutionContext, source: Any, info: GraphQLResolveInfo) -> Any:
        given = dict.fromkeys(of_source, source) | arguments(execution)
        if of_info:
            given[of_info] = Info(info, field)
        return resolver(source, **given) if first else resolver(**given)

    return resolve
