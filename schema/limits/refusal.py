from typing import NoReturn

from graphql import GraphQLError


def refuse(message: str) -> NoReturn:
    """Raise the error of a document that exceeds a limit."""
    raise GraphQLError(message, extensions={"code": "QUERY_TOO_COMPLEX"})
