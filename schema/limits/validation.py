"""Validation: the standard rules of GraphQL within bounds."""

from collections.abc import Sequence

from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema, validate
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError

from schema.limits.refusal import refuse

MOST_ERRORS = 10

# How many pairs of fields with one response name are compared, times two. A page of a client has a few
# hundred such pairs; graphql-core's own limit takes a second.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 20_000


def errors_in(
    schema: GraphQLSchema, document: DocumentNode, rules: Sequence[type[ASTValidationRule]]
) -> list[GraphQLError]:
    """The first ten errors of a document, and one that says that there are more.

    Without suggestions, which take long and reveal names even if introspection is off.
    """
    errors = validate(schema, document, rules, max_errors=MOST_ERRORS, hide_suggestions=True)
    if len(errors) <= MOST_ERRORS and any(isinstance(each, ValidationAbortedError) for each in errors):
        refuse("The document has too many fields and fragments of one level to compare with each other.")
    return errors
