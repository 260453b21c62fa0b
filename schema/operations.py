"""Operations: parsed, limited, validated and planned once, then executed as often as they are sent."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from graphql import (
    ASTValidationRule,
    DocumentNode,
    ExecutionContext,
    ExecutionResult,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
)
from graphql.execution.execute import assume_not_awaitable

from schema import outcome
from schema.api import schema
from schema.context import Context
from schema.errors import is_bug
from schema.limits.answers import AnswerLimits
from schema.limits.documents import LONGEST_DOCUMENT, DocumentLimits
from schema.limits.validation import errors_in
from schema.plan.planner import plan_of

logger = logging.getLogger(__name__)

GRAPHQL_SCHEMA = schema._schema
KEPT = 128  # operations
RULES: list[type[ASTValidationRule]] = [*specified_rules, DocumentLimits, AnswerLimits]
if not settings.INTROSPECTION:
    RULES.append(NoSchemaIntrospectionCustomRule)


class UnknownOperation(Exception):
    """The document has no operation of the requested name, or none at all."""


@dataclass(eq=False)
class Operation:
    """An operation of a document. It is executed unless it has `errors`."""

    document: DocumentNode
    definition: OperationDefinitionNode
    errors: list[GraphQLError]

    @cached_property
    def label(self) -> str:
        """What the log calls it."""
        return outcome.label(self.definition)

    @cached_property
    def root_fields(self) -> dict[str, str]:
        """The names of its root fields by their keys in the answer."""
        return outcome.root_fields(self.definition, self.document)

    @cached_property
    def _run(self) -> Callable[[ExecutionContext], Any]:
        plan = plan_of(GRAPHQL_SCHEMA, self.document, self.definition)
        if plan is None:
            return lambda execution: execution.execute_operation(self.definition, None)
        return lambda execution: plan(execution, None, None)

    def execute(self, variables: dict[str, Any] | None, context: Context) -> ExecutionResult:
        """Run the resolvers. Logs bugs, but no client errors and no document: it may contain a code."""
        if self.errors:
            return ExecutionResult(None, self.errors)
        name = self.definition.name.value if self.definition.name else None
        execution = ExecutionContext.build(
            GRAPHQL_SCHEMA, self.document, None, context, variables, name, is_awaitable=assume_not_awaitable
        )
        if isinstance(execution, list):
            return ExecutionResult(None, execution)
        data = self._data(execution)
        result = execution.build_response(data, execution.collected_errors.errors)
        for error in filter(is_bug, result.errors or ()):
            logger.error("Unexpected error at %s.", error.path, exc_info=error.original_error)
        return result

    def _data(self, execution: ExecutionContext) -> Any:
        try:
            return self._run(execution)
        except GraphQLError as error:  # in a field that must not be null
            execution.collected_errors.add(error, None)
            return None


@lru_cache(maxsize=KEPT)
def prepare(document: str, name: str | None) -> Operation:
    """The operation of this name; without a name, the only one.

    Raises UnknownOperation if there is none, GraphQLError if the document cannot be parsed.
    """
    parsed = parse(document, max_tokens=LONGEST_DOCUMENT)
    operations = [each for each in parsed.definitions if isinstance(each, OperationDefinitionNode)]
    chosen = [each for each in operations if name is None or (each.name and each.name.value == name)]
    if not chosen:
        raise UnknownOperation(f'Unknown operation named "{name}".' if name else "There is no operation.")
    errors = _errors_in(parsed, is_ambiguous=name is None and len(operations) > 1)
    for error in errors:  # later they cannot be told from errors in variables
        error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"} | (error.extensions or {})
    return Operation(parsed, chosen[0], errors)


def _errors_in(document: DocumentNode, *, is_ambiguous: bool) -> list[GraphQLError]:
    try:
        errors = errors_in(GRAPHQL_SCHEMA, document, RULES)
    except GraphQLError as refused:  # by a limit, before the standard rules
        return [refused]
    if is_ambiguous:
        errors.append(GraphQLError("The document has several operations: choose one with operationName."))
    return errors
