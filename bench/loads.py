"""What is asked of the servers: for each operation the requests of a round, all of which succeed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from bench import operations
from bench.data import invitees, sessions, users
from referral.models import Session
from schema import access_tokens

VIEWERS, INVITEES = 100, 20


@dataclass(frozen=True, slots=True)
class Request:
    """An access token, or an empty text, and a body, or an empty one for a GET."""

    token: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Load:
    """An operation on one kind of server: its requests, made anew for each round, and what every good
    answer has in it."""

    path: str
    requests: Callable[[], list[Request]]
    expected: str


def post(query: str, token: str = "", **variables: str) -> Request:
    """An operation over GraphQL."""
    return Request(token, json.dumps({"query": query, "variables": variables}))


def me() -> list[Request]:
    """A hundred viewers' profiles in turn, each with twenty invited phones."""
    return [post(operations.ME, token(session)) for session in _viewers()]


def me_over_rest() -> list[Request]:
    """The same profiles from the REST view."""
    return [Request(token(session), "") for session in _viewers()]


def token(session: Session) -> str:
    """A new access token: it lives for ten minutes."""
    return access_tokens.issue(session, session.refresh_counter, timezone.now())[0]


@cache
def _viewers() -> list[Session]:
    now = timezone.now()
    (first,), viewers = users(1, now, invited=VIEWERS), users(VIEWERS, now, invited=INVITEES)
    invitees(first, viewers, now)
    for viewer in viewers:
        invitees(viewer, users(INVITEES, now), now)
    return sessions(viewers, now)


PROFILE = Load(path="/graphql", requests=me, expected='"invitedCount":20')
REST_PROFILE = Load(path="/me", requests=me_over_rest, expected='"invited_count":20')

# By the operation, then by the server that is asked.
LOADS = {"me": {"limit": PROFILE, "service": PROFILE, "rest": REST_PROFILE}}
