"""The context of a resolver: the client, and the session of its access token."""

from dataclasses import dataclass, field
from functools import cached_property

import strawberry
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from graphql import GraphQLError

from referral import sessions
from referral.client import Client
from referral.models import Session
from schema.outcome import Executed
from schema.tokens import access_tokens

SCHEME = "bearer"


class Unauthenticated(GraphQLError):
    """No valid access token. A top-level error, not a union member, because any field can raise it."""

    def __init__(self) -> None:
        message = gettext("Sign in first: send a valid access token in the Authorization: Bearer header.")
        super().__init__(message, extensions={"code": "UNAUTHENTICATED"})


@dataclass
class Context:
    """One request. `request.user` is not used: it comes from the admin's session cookie."""

    request: HttpRequest
    client: Client
    executed: Executed = field(default_factory=Executed)

    @cached_property
    def session(self) -> Session:
        """The viewer's session, looked up once per request. Raises Unauthenticated."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        claims = access_tokens.read(token.strip()) if scheme.lower() == SCHEME else None
        if claims is None:
            raise Unauthenticated
        session = sessions.authenticate(
            session_id=claims.session_id,
            user_id=claims.user_id,
            counter=claims.counter,
            now=timezone.now(),
        )
        if session is None:
            raise Unauthenticated
        return session

    def forget_session(self) -> None:
        """Drop the cached session after an act that may have ended it. Later fields look it up again."""
        vars(self).pop("session", None)


Info = strawberry.Info[Context, None]
