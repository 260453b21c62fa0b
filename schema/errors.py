"""Refusals and errors on their way out: refusals become union members, errors get a code or a mask."""

import re
from types import NoneType

import strawberry
from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError
from strawberry.types.field import StrawberryField

from referral import log_facts, refusals
from referral.db import OUTAGES
from schema import problems

# Suggestions tell what there is to whoever may not introspect.
SUGGESTION = re.compile(r" Did you mean .*\?$", re.DOTALL)


class ShownAs:
    """A `strawberry.ExceptionHandler`: answers one class of refusal with a member of the field's union."""

    def __init__(self, refusal: type[refusals.Refusal], problem: type[problems.Problem]) -> None:
        self.exception_type = refusal
        self.error_type = problem

    def handle(
        self, exception: refusals.Refusal, *, field: StrawberryField, info: strawberry.Info
    ) -> problems.Problem:
        log_facts.note_outcome(exception.code)
        info.context.note_refusal(exception.code, info.path)
        return self.error_type.of(exception)


REFUSALS = [
    ShownAs(refusals.InvalidPhone, problems.InvalidPhone),
    ShownAs(refusals.CountryNotAllowed, problems.CountryNotAllowed),
    ShownAs(refusals.RateLimited, problems.RateLimited),
    ShownAs(refusals.DeliveryFailed, problems.DeliveryFailed),
    ShownAs(refusals.WrongCode, problems.WrongCode),
    ShownAs(refusals.CodeExpired, problems.CodeExpired),
    ShownAs(refusals.InvalidRefreshToken, problems.InvalidRefreshToken),
    ShownAs(refusals.InviteNotFound, problems.InviteNotFound),
    ShownAs(refusals.OwnInvite, problems.OwnInvite),
    ShownAs(refusals.CircularInvite, problems.CircularInvite),
    ShownAs(refusals.InviteAlreadyActivated, problems.InviteAlreadyActivated),
    ShownAs(refusals.PhoneMismatch, problems.PhoneMismatch),
]


class BadUserInput(GraphQLError):
    """An argument outside what its description allows."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


def is_outage(error: GraphQLError) -> bool:
    """Whether the database was away or too busy."""
    return isinstance(error.original_error, OUTAGES)


def is_bug(error: GraphQLError) -> bool:
    """Whether something raised that nobody meant for the client to see."""
    in_a_resolver = error.path is not None  # elsewhere the document is to blame, whatever it made us raise
    return in_a_resolver and not isinstance(error.original_error, (GraphQLError, NoneType, *OUTAGES))


def code_of(error: GraphQLError) -> str:
    """What an error is called in `extensions.code`."""
    return "UNAVAILABLE" if is_outage(error) else str(present(error)["extensions"]["code"])


def present(error: GraphQLError) -> GraphQLFormattedError:
    """A top-level error for the client: always with `extensions.code`, and without a bug's details."""
    shown = error.formatted
    if is_bug(error):
        shown["message"] = "Something went wrong on our side."
        shown["extensions"] = {"code": "INTERNAL_SERVER_ERROR", "requestId": log_facts.request_id()}
    elif isinstance(error, GraphQLSyntaxError):
        shown["extensions"] = {"code": "GRAPHQL_PARSE_FAILED"}
    else:
        shown["extensions"] = {"code": "BAD_USER_INPUT"} | (error.extensions or {})
        shown["message"] = SUGGESTION.sub("", error.message)
    return shown
