"""Size limits for operations, checked before every other validation rule.

Each fragment is measured once, so the work is linear in the size of the document, however large its
expansion. The limits leave room for real clients and for the standard introspection query.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    TokenKind,
)
from graphql.validation import ASTValidationContext

from schema.limits.refusal import refuse

LONGEST_DOCUMENT = 1000  # tokens
LONGEST_NAME = 128
DEPTH, INTROSPECTION_DEPTH = 12, 15
FIELDS = 500
ALIASES = 15
DIRECTIVES = 5
REPEATS = 20  # of one name in one selection set
CHAIN = 50  # nested selection sets and fragments; bounds the recursion below
# Each SMS and each guess needs its own request.
CHARGED = {"requestCode", "verifyCode", "activateInvite"}


@dataclass
class Size:
    """The size of a selection with its fragments expanded."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    charged: int = 0

    def add(self, other: "Size") -> None:
        """Add a sibling selection."""
        self.depth = max(self.depth, other.depth)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.charged += other.charged


class DocumentLimits(ASTValidationRule):
    """Raises at the first node of the document, before the standard rules run: some of them are slow."""

    def __init__(self, context: ASTValidationContext) -> None:
        super().__init__(context)
        self.measured: dict[str, Size] = {}

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        _require_short_names(document)
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                size = self._measure(definition.selection_set, 1)
                size.directives += len(definition.directives)
                _require(size, INTROSPECTION_DEPTH if _introspects(definition) else DEPTH)

    def _measure(self, selections: SelectionSetNode, level: int) -> Size:
        if level > CHAIN:
            refuse(f"Selection sets and fragments are nested more than {CHAIN} deep.")
        names = Counter(map(_name, selections.selections))
        if max(names.values(), default=0) > REPEATS:
            refuse(f"One name occurs more than {REPEATS} times in a selection set.")
        size = Size()
        for node in selections.selections:
            size.add(self._measure_one(node, level))
        return size

    def _measure_one(self, node: SelectionNode, level: int) -> Size:
        size = Size(directives=len(node.directives))
        if isinstance(node, FragmentSpreadNode):
            size.add(self._measure_fragment(node.name.value, level))
            return size
        selections = getattr(node, "selection_set", None)
        if selections:
            size.add(self._measure(selections, level + 1))
        if isinstance(node, FieldNode):
            own = Size(fields=1, aliases=int(bool(node.alias)), charged=int(node.name.value in CHARGED))
            size.add(own)
            size.depth += 1
        return size

    def _measure_fragment(self, name: str, level: int) -> Size:
        if name not in self.measured:
            self.measured[name] = (
                Size()
            )  # a fragment inside itself counts as empty; a standard rule rejects it
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            if fragment:
                size = self._measure(fragment.selection_set, level + 1)
                size.directives += len(fragment.directives)
                self.measured[name] = size
        return self.measured[name]


def _require(size: Size, depth: int) -> None:
    limits = (
        (size.depth, depth, "levels"),
        (size.fields, FIELDS, "fields"),
        (size.aliases, ALIASES, "aliases"),
        (size.directives, DIRECTIVES, "directives"),
    )
    for found, limit, what in limits:
        if found > limit:
            refuse(f"An operation can have at most {limit} {what}.")
    if size.charged > 1:
        refuse(f"An operation can have only one {' or '.join(sorted(CHARGED))}.")


def _require_short_names(document: DocumentNode) -> None:
    """Names are repeated in the answer: aliases for each item of a list, all others in error messages."""
    token = document.loc.start_token if document.loc else None
    while token:
        if token.kind is TokenKind.NAME and len(token.value or "") > LONGEST_NAME:
            refuse(f"A name can have at most {LONGEST_NAME} letters.")
        token = token.next


def _introspects(operation: OperationDefinitionNode) -> bool:
    nodes = operation.selection_set.selections
    return all(isinstance(node, FieldNode) and node.name.value.startswith("__") for node in nodes)


def _name(node: SelectionNode) -> str:
    if isinstance(node, FieldNode):
        return (node.alias or node.name).value
    return f"...{node.name.value}" if isinstance(node, FragmentSpreadNode) else "..."
