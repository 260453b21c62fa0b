"""One sign-in or invite field an operation: each SMS and each guess needs its own request."""

from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.validation import ASTValidationContext

CHARGED = {"requestCode", "verifyCode", "activateInvite"}


class OneChargedField(ASTValidationRule):
    """Refuses an operation with more, whatever the aliases and fragments. Each fragment is looked at once."""

    def __init__(self, context: ASTValidationContext) -> None:
        super().__init__(context)
        self.counted: dict[str, int] = {}

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode) and self._count(definition.selection_set) > 1:
                message = f"Only one of {', '.join(sorted(CHARGED))} fits into an operation, and only once."
                self.report_error(GraphQLError(message, definition, extensions={"code": "QUERY_TOO_COMPLEX"}))

    def _count(self, selections: SelectionSetNode) -> int:
        return sum(map(self._count_one, selections.selections))

    def _count_one(self, node: Any) -> int:
        if isinstance(node, FieldNode):
            return int(node.name.value in CHARGED)
        if isinstance(node, FragmentSpreadNode):
            return self._count_fragment(node.name.value)
        return self._count(node.selection_set)

    def _count_fragment(self, name: str) -> int:
        if name not in self.counted:
            self.counted[name] = 0  # so that a fragment within itself, which another rule refuses, ends here
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            self.counted[name] = self._count(fragment.selection_set) if fragment else 0
        return self.counted[name]
