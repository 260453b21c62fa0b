"""Everything that runs around an operation, in one extension because each one costs time."""

import time
from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, get_operation_ast
from strawberry.extensions import ParserCache

from schema.limits.answers import AnswerLimits
from schema.limits.documents import LONGEST_DOCUMENT, DocumentLimits
from schema.limits.validation import CACHED, errors_in


class Operations(ParserCache):
    """Limits the document, rejects ambiguous requests, and times the operation.

    The last 128 documents are parsed and validated once.
    """

    def __init__(self) -> None:
        super().__init__(maxsize=CACHED)

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = LONGEST_DOCUMENT
        context.validation_rules = (*context.validation_rules, DocumentLimits, AnswerLimits)
        began = time.perf_counter()
        yield
        if context.graphql_document is not None:
            executed = context.context.executed
            executed.document = context.graphql_document
            executed.operation = get_operation_ast(context.graphql_document, context.operation_name)
            executed.seconds = time.perf_counter() - began

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        if document is not None:
            errors = [*errors_in(context.schema._schema, document, context.validation_rules)]
            if self._is_ambiguous(document):
                message = "The document has several operations: choose one with operationName."
                errors.append(GraphQLError(message))
            for error in errors:  # later they cannot be told from errors in variables
                error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"} | (error.extensions or {})
            context.pre_execution_errors = errors
        yield

    def _is_ambiguous(self, document: DocumentNode) -> bool:
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        # The public operation_name falls back to the name of the first operation.
        return len(operations) > 1 and not self.execution_context._provided_operation_name
