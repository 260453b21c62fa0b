from collections.abc import Iterator

from graphql import DocumentNode, FieldNode, get_operation_ast
from strawberry.extensions import SchemaExtension

from referral import log_facts

LONGEST_NAME = 64


class OperationLog(SchemaExtension):
    """Tells the request's line in the log which operation it was."""

    def on_operation(self) -> Iterator[None]:
        yield
        context = self.execution_context
        if context.graphql_document is not None:
            log_facts.note(operation=_name(context.graphql_document, context.operation_name))


def _name(document: DocumentNode, chosen: str | None) -> str:
    """The operation's name, or if it has none the field that it asks for first."""
    operation = get_operation_ast(document, chosen)
    if operation is None:
        return "unknown"
    fields = [node.name for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    names = [operation.name, *fields]
    return next((log_facts.without_numbers(name.value)[:LONGEST_NAME] for name in names if name), "unnamed")
