"""Everything that runs around an operation, in one extension because each one costs time."""

import time
from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, get_operation_ast
from strawberry.extensions import ParserCache, ValidationCache

from schema.document_limits import LONGEST_DOCUMENT, DocumentLimits


class Operations(ParserCache, ValidationCache):
    """Limits the document, rejects ambiguous requests, and times the operation.

    Caches the last 128 parsed and validated documents, as the two base classes do.
    """

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = LONGEST_DOCUMENT
        context.validation_rules = (*context.validation_rules, DocumentLimits)
        began = time.perf_counter()
        yield
        if context.graphql_document is not None:
            executed = context.context.executed
            executed.document = context.graphql_document
            executed.operation = get_operation_ast(context.graphql_document, context.operation_name)
            executed.seconds = time.perf_counter() - began

    def on_validate(self) -> Iterator[None]:
        validated = super().on_validate()
        next(validated)
        context = self.execution_context
        if context.graphql_document and self._is_ambiguous(context.graphql_document):
            error = GraphQLError("The document has several operations: choose one with operationName.")
            context.pre_execution_errors = [*(context.pre_execution_errors or ()), error]
        for error in context.pre_execution_errors or ():  # later they cannot be told from errors in variables
            error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"} | (error.extensions or {})
        yield

    def _is_ambiguous(self, document: DocumentNode) -> bool:
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        # The public operation_name falls back to the name of the first operation.
        return len(operations) > 1 and not self.execution_context._provided_operation_name
