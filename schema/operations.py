"""What is done around every operation; in one extension, as Strawberry takes longer to call one."""

import time
from collections.abc import Iterator

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, get_operation_ast
from strawberry.extensions import ParserCache, ValidationCache

from referral import log_facts
from schema import metrics
from schema.document_limits import LONGEST_DOCUMENT, DocumentLimits

LONGEST_NAME = 64


class Operations(ParserCache, ValidationCache):
    """Limits the document, refuses to guess, and tells log and metrics what became of it.

    The last 128 documents are kept parsed and validated, as by Strawberry's two extensions.
    """

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = LONGEST_DOCUMENT
        context.validation_rules = (*context.validation_rules, DocumentLimits)
        began = time.perf_counter()
        yield
        self._tell(time.perf_counter() - began)

    def on_validate(self) -> Iterator[None]:
        validated = super().on_validate()
        next(validated)
        context = self.execution_context
        if self._is_ambiguous():
            error = GraphQLError("There are several operations: operationName says which is meant.")
            context.pre_execution_errors = [*(context.pre_execution_errors or ()), error]
        for error in context.pre_execution_errors or ():  # later they cannot be told from those of variables
            error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"} | (error.extensions or {})
        yield

    def _is_ambiguous(self) -> bool:
        context = self.execution_context
        definitions = context.graphql_document.definitions if context.graphql_document else ()
        operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
        # The public operation_name is the first one's where none was given.
        return len(operations) > 1 and not context._provided_operation_name

    def _tell(self, seconds: float) -> None:
        context = self.execution_context
        if context.graphql_document is None:
            return
        operation = get_operation_ast(context.graphql_document, context.operation_name)
        log_facts.note(operation=_name(operation))
        if operation is not None:
            metrics.count_executed(operation, context, seconds)


def _name(operation: OperationDefinitionNode | None) -> str:
    """The operation's name, or if it has none the field that it asks for first."""
    if operation is None:
        return "unknown"
    fields = [node.name for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    names = [operation.name, *fields]
    return next((log_facts.without_numbers(name.value)[:LONGEST_NAME] for name in names if name), "unnamed")
