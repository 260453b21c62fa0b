"""What happens around every operation, in one extension: each costs Strawberry time."""

import time
from collections.abc import Iterator

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, get_operation_ast
from strawberry.extensions import ParserCache, ValidationCache

from referral.telemetry import log_context
from referral.telemetry.redaction import without_numbers
from schema.document_limits import LONGEST_DOCUMENT, DocumentLimits

LONGEST_NAME = 64


class Operations(ParserCache, ValidationCache):
    """Limits the document, refuses ambiguous requests, and times the operation.

    As in Strawberry's two extensions, the last 128 documents stay parsed and validated.
    """

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = LONGEST_DOCUMENT
        context.validation_rules = (*context.validation_rules, DocumentLimits)
        began = time.perf_counter()
        yield
        if context.graphql_document is not None:
            operation = get_operation_ast(context.graphql_document, context.operation_name)
            log_context.add(operation=_name(operation))
            executed = context.context.executed
            executed.document, executed.operation = context.graphql_document, operation
            executed.seconds = time.perf_counter() - began

    def on_validate(self) -> Iterator[None]:
        validated = super().on_validate()
        next(validated)
        context = self.execution_context
        if self._is_ambiguous():
            error = GraphQLError("There are several operations: choose one by operationName.")
            context.pre_execution_errors = [*(context.pre_execution_errors or ()), error]
        for error in context.pre_execution_errors or ():  # later they look like those of variables
            error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"} | (error.extensions or {})
        yield

    def _is_ambiguous(self) -> bool:
        context = self.execution_context
        definitions = context.graphql_document.definitions if context.graphql_document else ()
        operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
        # If none was given, the public operation_name is that of the first operation.
        return len(operations) > 1 and not context._provided_operation_name


def _name(operation: OperationDefinitionNode | None) -> str:
    """The operation's name or, without one, its first field."""
    if operation is None:
        return "unknown"
    for node in (operation, *operation.selection_set.selections):
        if isinstance(node, OperationDefinitionNode | FieldNode) and node.name:
            return without_numbers(node.name.value)[:LONGEST_NAME]
    return "unnamed"
