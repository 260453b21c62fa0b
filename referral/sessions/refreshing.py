"""Refreshing a session, and detecting a stolen refresh token (RFC 9700, section 4.14.2).

The token with the current counter rotates to the next. The previous token gets that same next token again
until the next one is used, and for 30 seconds after, so that a lost answer, a reload or a second tab signs
no user out. A refresh, or a request with the access token, uses (confirms) a token. Only the newest
confirmation is stored. Any other older token counts as stolen and ends the session.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from referral.budgets.budget import bad_refresh_tokens
from referral.client import UNKNOWN, Client
from referral.events import Kind, record
from referral.models import Session
from referral.refusals import InvalidRefreshToken
from referral.sessions import refresh_tokens
from referral.sessions.lifetime import expires_at
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery


def refresh(*, token: str, now: datetime, client: Client = UNKNOWN) -> tuple[Session, int]:
    """The session of a refresh token, and the counter for the new tokens.

    Raises InvalidRefreshToken, after ending the session if the token is an old one, and RateLimited for a
    client that sends too many invalid tokens. A valid token is never refused.
    """
    try:
        session_id, counter = refresh_tokens.decode(token)
        return _rotate(session_id, counter, now, client), counter + 1
    except InvalidRefreshToken:
        bad_refresh_tokens(client).spend()
        raise


def _rotate(session_id: UUID, counter: int, now: datetime, client: Client) -> Session:
    with transaction.atomic(durable=True):
        session = _locked_session.first(session_id=session_id)
        renewed = session is not None and _renew(session, counter, now)
        if session is not None and session.ended_at is not None:
            record(Kind.OLD_REFRESH_TOKEN, phone=session.user.phone, client=client, now=now)
    if session is None or not renewed:
        raise InvalidRefreshToken
    return session


@CompiledQuery
def _locked_session(session_id: UUID) -> QuerySet[Session]:
    live = Session.objects.filter(id=session_id, ended_at=None, user__is_active=True)
    return live.select_related("user").select_for_update(of=("self",), no_key=True)


def _renew(session: Session, counter: int, now: datetime) -> bool:
    """Whether a token with this counter gets the next one. An old token ends the session."""
    if now >= expires_at(session) or counter > session.refresh_counter:
        return False
    if counter == session.refresh_counter:
        if session.confirmed_counter < counter:
            session.confirmed_counter = counter
            session.confirmed_at = now
        session.refresh_counter = counter + 1
        session.last_used_at = now
        compiled_writes.update(session)
        return True
    if _may_repeat(session, counter, now):
        return True
    session.ended_at = now
    compiled_writes.update(session)
    return False


def _may_repeat(session: Session, counter: int, now: datetime) -> bool:
    """Whether an earlier token may get its successor again."""
    successor = counter + 1
    if successor == session.confirmed_counter:
        return now < session.confirmed_at + settings.SIGN_IN_POLICY.refresh_overlap
    return successor > session.confirmed_counter
