"""The requests of each operation for a round. All of them succeed."""

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
    """An access token and a body. Either may be empty; an empty body means GET."""

    token: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Load:
    """The requests for one operation on one server."""

    path: str = "/graphql"
    requests: Callable[[int], list[Request]]
    """Returns the requests of a round: as many as asked for if each can be sent only once."""
    expected: str
    """Text contained in every successful answer."""


def post(query: str, access_token: str = "", **variables: str) -> Request:
    """A GraphQL request."""
    return Request(access_token, json.dumps({"query": query, "variables": variables}))


def me(count: int) -> list[Request]:
    """The profiles of a hundred viewers with twenty invited phones each."""
    return [post(operations.ME, _token(session)) for session in data.viewers()]


def me_over_rest(count: int) -> list[Request]:
    """The same profiles from the REST view."""
    return [Request(_token(session), "") for session in data.viewers()]


def returning_users(count: int) -> list[Request]:
    """Sign-ins of existing users."""
    return _sign_ins([user.phone or "" for user in data.users(count)])


def new_users(count: int) -> list[Request]:
    """First sign-ins."""
    return _sign_ins(data.new_phones(count))


def activations(count: int) -> list[Request]:
    """First activations, of the codes of a hundred users in turn."""
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
    """Code requests for new numbers."""
    return [post(operations.REQUEST_CODE, phone=phone) for phone in data.new_phones(count)]


def _sign_ins(phones: list[str]) -> list[Request]:
    data.send_codes(phones)
    return [post(operations.VERIFY_CODE, phone=phone, code=data.CODE) for phone in phones]


def _token(session: Session) -> str:
    """A new access token, because they expire after ten minutes."""
    return access_tokens.issue(session, session.refresh_counter, timezone.now())[0]


def _everywhere(requests: Callable[[int], list[Request]], expected: str) -> dict[str, Load]:
    load = Load(requests=requests, expected=expected)
    return {"limit": load, "service": load}


# By operation, then by server.
LOADS = {
    "me": _everywhere(me, '"invitedCount":20')
    | {"rest": Load(path="/me", requests=me_over_rest, expected='"invited_count":20')},
    "verifyCode": _everywhere(returning_users, '"isNewUser":false'),
    "verifyCode, new user": _everywhere(new_users, '"isNewUser":true'),
    "activateInvite": _everywhere(activations, '"InviteActivated"'),
    "refreshSession": _everywhere(refreshes, '"SessionRefreshed"'),
}
