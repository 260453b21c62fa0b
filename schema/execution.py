"""A faster way to complete lists of strings."""

from contextlib import suppress
from typing import Any

from graphql import ExecutionContext, GraphQLList, is_leaf_type, is_non_null_type
from graphql.pyutils import AwaitableOrValue


class Execution(ExecutionContext):
    """graphql-core's context, which spends a fifth of the cost of a field on each string of a list."""

    def complete_list_value(
        self, return_type: GraphQLList[Any], field_nodes: Any, info: Any, path: Any, result: Any
    ) -> AwaitableOrValue[list[Any]]:
        """Serialize a list of strings directly. If one is invalid, graphql-core reports which."""
        item_type = return_type.of_type
        scalar = item_type.of_type if is_non_null_type(item_type) else item_type
        if is_leaf_type(scalar) and _are_texts(result):
            with suppress(Exception):
                texts = list(map(scalar.serialize, result))
                if _are_texts(texts):
                    return texts
        return super().complete_list_value(return_type, field_nodes, info, path, result)


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and set(map(type, values)) == {str}
