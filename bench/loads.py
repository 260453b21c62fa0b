"""What is asked of the servers: for each operation the requests of a round, all of which succeed."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from bench import data, operations
from referral.models import Session
from referral.sessions import refresh_tokens
from schema.tokens import access_tokens

INVITERS = 100


@dataclass(frozen=True, slots=True)
class Request:
    """An access token, or an empty text, and a body, or an empty one for a GET."""

    token: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Load:
    """How a server is asked for something."""

    path: str = "/graphql"
    requests: Callable[[int], list[Request]]
    """So many for a round, if each can be sent only once."""
    expected: str
    """What every good answer has in it."""


def post(query: str, access_token: str = "", **variables: str) -> Request:
    """An operation over GraphQL."""
    return Request(access_token, json.dumps({"query": query, "variables": variables}))


def me(count: int) -> list[Request]:
    """A hundred viewers in turn, each with twenty invited phones."""
    return [post(operations.ME, _token(session)) for session in data.viewers()]


def me_over_rest(count: int) -> list[Request]:
    """The same from the REST view."""
    return [Request(_token(session), "") for session in data.viewers()]


def returning_users(count: int) -> list[Request]:
    """Sign-ins of users who were here before."""
    return _sign_ins([user.phone or "" for user in data.users(count)])


def new_users(count: int) -> list[Request]:
    """First sign-ins."""
    return _sign_ins(data.new_phones(count))


def activations(count: int) -> list[Request]:
    """First activations, of a hundred users' codes in turn."""
    codes = [inviter.invite_code for inviter in data.users(INVITERS)]
    return [
        post(operations.ACTIVATE_INVITE, _token(session), code=codes[number % INVITERS])
        for number, session in enumerate(data.sessions(data.users(count)))
    ]


def refreshes(count: int) -> list[Request]:
    """First rotations."""
    sessions = data.sessions(data.users(count))
    return [
        post(operations.REFRESH_SESSION, token=refresh_tokens.encode(session.id, session.refresh_counter))
        for session in sessions
    ]


def code_requests(count: int) -> list[Request]:
    """First requests of numbers that nobody has."""
    return [post(operations.REQUEST_CODE, phone=phone) for phone in data.new_phones(count)]


def _sign_ins(phones: list[str]) -> list[Request]:
    data.send_codes(phones)
    return [post(operations.VERIFY_CODE, phone=phone, code=data.CODE) for phone in phones]


def _token(session: Session) -> str:
    """A new one, as they live for ten minutes."""
    return access_tokens.issue(session, session.refresh_counter, timezone.now())[0]


def _everywhere(requests: Callable[[int], list[Request]], expected: str) -> dict[str, Load]:
    load = Load(requests=requests, expected=expected)
    return {"limit": load, "service": load}


# By operation, then by the server that is asked.
LOADS = {
    "me": _everywhere(me, '"invitedCount":20')
    | {"rest": Load(path="/me", requests=me_over_rest, expected='"invited_count":20')},
    "verifyCode": _everywhere(returning_users, '"isNewUser":false'),
    "verifyCode, new user": _everywhere(new_users, '"isNewUser":true'),
    "activateInvite": _everywhere(activations, '"InviteActivated"'),
    "refreshSession": _everywhere(refreshes, '"SessionRefreshed"'),
}
