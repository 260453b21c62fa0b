"""Refusals become union members; other errors get `extensions.code`, and bugs are masked."""

import strawberry
from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError
from strawberry.types.field import StrawberryField

from referral import refusals
from referral.storage import connection
from referral.telemetry import log_context
from schema import problems


class ShownAs:
    """A `strawberry.ExceptionHandler` that returns a refusal as a member of the field's union."""

    def __init__(self, refusal: type[refusals.Refusal], problem: type[problems.Problem]) -> None:
        self.exception_type = refusal
        self.error_type = problem

    def handle(
        self, exception: refusals.Refusal, *, field: StrawberryField, info: strawberry.Info
    ) -> problems.Problem:
        root, *_ = info.path.as_list()
        info.context.executed.refusals[str(root)] = exception.code
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
    """An argument is out of range or malformed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


class TooManyRequests(GraphQLError):
    """RateLimited at a field whose type is no union."""

    def __init__(self, refused: refusals.RateLimited) -> None:
        extensions = {"code": refused.code, "retryAt": refused.retry_at.isoformat()}
        super().__init__(str(problems.RateLimited.text), extensions=extensions)


def is_outage(error: GraphQLError) -> bool:
    """Whether the database was unavailable or overloaded."""
    return connection.is_outage(error.original_error)


def is_bug(error: GraphQLError) -> bool:
    """Whether a resolver raised an unexpected exception."""
    cause = error.original_error
    if error.path is None or cause is None:  # errors without a path come from the document
        return False
    return not isinstance(cause, GraphQLError) and not connection.is_outage(cause)


def present(error: GraphQLError) -> GraphQLFormattedError:
    """A top-level error for the client, with `extensions.code`. The details of bugs are removed."""
    shown = error.formatted
    if is_outage(error):
        shown["extensions"] = {"code": "UNAVAILABLE"}
    elif is_bug(error):
        shown["message"] = "Something went wrong on our side."
        shown["extensions"] = {"code": "INTERNAL_SERVER_ERROR", "requestId": log_context.request_id()}
    elif isinstance(error, GraphQLSyntaxError):
        shown["extensions"] = {"code": "GRAPHQL_PARSE_FAILED"}
    else:
        shown["extensions"] = {"code": "BAD_USER_INPUT"} | (error.extensions or {})
    return shown
