import time
from collections.abc import Iterator

from graphql import FieldNode, OperationDefinitionNode, get_operation_ast
from strawberry.extensions import SchemaExtension

from referral import log_facts
from schema import metrics

LONGEST_NAME = 64


class OperationLog(SchemaExtension):
    """Tells the request's line in the log which operation it was, and the metrics what became of it.

    Both in one, as Strawberry takes longer to call an extension than either of them takes.
    """

    def on_operation(self) -> Iterator[None]:
        began = time.perf_counter()
        yield
        seconds = time.perf_counter() - began
        context = self.execution_context
        if context.graphql_document is not None:
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
