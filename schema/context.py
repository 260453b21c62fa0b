"""What every resolver is handed: the request, and the session behind its access token."""

from dataclasses import dataclass, field
from functools import cached_property

import strawberry
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from graphql import GraphQLError
from graphql.pyutils import Path

from referral import sessions
from referral.models import Session
from schema import access_tokens

SCHEME = "bearer"


class Unauthenticated(GraphQLError):
    """No valid access token. A top-level error: no union holds it, as any operation may meet it."""

    def __init__(self) -> None:
        message = gettext("Sign in first: send a valid access token as Authorization: Bearer.")
        super().__init__(message, extensions={"code": "UNAUTHENTICATED"})


@dataclass
class Context:
    """One request. Never looks at `request.user`: that is the admin's cookie."""

    request: HttpRequest
    refusals: dict[str, str] = field(default_factory=dict)
    """The codes of refusals, by the keys in the answer of the root fields that they are part of."""

    @cached_property
    def session(self) -> Session:
        """The viewer's session. Raises Unauthenticated. Looked up once a request."""
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

    def note_refusal(self, code: str, path: Path) -> None:
        """Remember that something was refused."""
        root, *_ = path.as_list()
        self.refusals[str(root)] = code

    def forget_session(self) -> None:
        """After ending sessions: a later field of the same request must look again."""
        vars(self).pop("session", None)


Info = strawberry.Info[Context, None]
