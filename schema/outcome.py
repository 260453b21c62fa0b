"""The outcome of a request: derived once from the answer, then written to the log and the metrics.

Metrics are labelled by the fields of Query and Mutation, never by text from a client.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
)
from prometheus_client import Counter, Histogram

from referral.telemetry import log_context
from referral.telemetry.log_context import without_numbers

NOT_EXECUTED = "none"
LONGEST_NAME = 64

operations = Counter(
    "referral_operations",
    "Executed fields of Query and Mutation, by field and outcome.",
    ["operation", "outcome"],
)
durations = Histogram(
    "referral_operation_seconds",
    "Duration of the operation that contains the field.",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
counter, timer = cache(operations.labels), cache(durations.labels)


class Operation(Protocol):
    """What schema/operations.py knows of an operation."""

    @property
    def label(self) -> str:
        """Its name in the log."""

    @property
    def root_fields(self) -> Mapping[str, str]:
        """The names of its root fields by response key."""


@dataclass
class Executed:
    """What the answer does not say."""

    operation: Operation | None = None
    seconds: float = 0
    refusals: dict[str, str] = field(default_factory=dict)
    """Refusal codes by response key of their root field."""


def tell(answer: Mapping[str, Any], executed: Executed) -> None:
    """Log and count the outcome of each root field, or the code of the first error if none was executed."""
    errors = answer.get("errors", ())
    codes = [error["extensions"]["code"] for error in errors]
    at_fields = {str(error["path"][0]): error["extensions"]["code"] for error in errors if "path" in error}
    outcomes = executed.refusals | at_fields
    _log({*codes, *outcomes.values()}, executed)
    keys = outcomes if answer.get("data") is None else answer["data"]
    if executed.operation and keys:
        for key in keys:
            name = executed.operation.root_fields[key]
            counter(name, outcomes.get(key, "OK")).inc()
            timer(name).observe(executed.seconds)
    elif codes:
        counter(NOT_EXECUTED, codes[0]).inc()


def _log(codes: set[str], executed: Executed) -> None:
    fields = {"outcome": ",".join(sorted(codes)) or "OK"}
    if executed.operation:
        fields["operation"] = executed.operation.label
    log_context.add(**fields)


def root_fields(operation: OperationDefinitionNode, document: DocumentNode) -> dict[str, str]:
    """The names of an operation's root fields by response key. Reads each fragment once."""
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


def label(operation: OperationDefinitionNode) -> str:
    """The operation's name or, without one, its first field."""
    for node in (operation, *operation.selection_set.selections):
        if isinstance(node, OperationDefinitionNode | FieldNode) and node.name:
            return without_numbers(node.name.value)[:LONGEST_NAME]
    return "unnamed"
