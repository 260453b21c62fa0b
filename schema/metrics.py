"""What the endpoint counts and times, by the fields of Query and Mutation: a client chooses no label."""

from functools import cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
)
from prometheus_client import Counter, Histogram
from strawberry.types import ExecutionContext

from schema.errors import code_of

NOT_EXECUTED = "none"

operations = Counter(
    "referral_operations",
    "Fields of Query and Mutation that were asked for, by what became of them.",
    ["operation", "outcome"],
)
durations = Histogram(
    "referral_operation_seconds",
    "How long the operations took that such a field was part of.",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
counter, timer = cache(operations.labels), cache(durations.labels)


def count_executed(operation: OperationDefinitionNode, context: ExecutionContext, seconds: float) -> None:
    """Count each root field of an operation that was executed, and that it took so many seconds."""
    for field, outcome in _outcomes(operation, context):
        counter(field, outcome).inc()
        timer(field).observe(seconds)


def count_not_executed(code: str) -> None:
    """Count a request that came to no field, by the code of its first error."""
    operations.labels(NOT_EXECUTED, code).inc()


def _outcomes(operation: OperationDefinitionNode, context: ExecutionContext) -> list[tuple[str, str]]:
    """The names of the root fields that were executed, and what became of each."""
    document, result = context.graphql_document, context.result
    if document is None or result is None:
        return []
    errors = {str(error.path[0]): code_of(error) for error in result.errors or () if error.path}
    outcomes = context.context.refusals | errors
    executed = outcomes if result.data is None else result.data
    names = root_fields(operation, document)
    return [(names[key], outcomes.get(key, "OK")) for key in executed]


def root_fields(operation: OperationDefinitionNode, document: DocumentNode) -> dict[str, str]:
    """The names of an operation's root fields by their keys in the answer. Looks at each fragment once."""
    definitions = document.definitions
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    names, braces = {}, [operation.selection_set]
    while braces:
        for node in braces.pop().selections:
            if isinstance(node, FieldNode):
                names[(node.alias or node.name).value] = node.name.value
            elif isinstance(node, InlineFragmentNode):
                braces.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
                braces.append(fragments.pop(node.name.value).selection_set)
    return names
