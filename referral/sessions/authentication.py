"""Authenticating a request by the session that its access token names."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from referral.models import Session
from referral.storage.compiled_reads import CompiledQuery


def authenticate(*, session_id: UUID, user_id: UUID, counter: int, now: datetime) -> Session | None:
    """The live session of an active user, with user and referral, in one statement; None if there is none.

    `counter` comes from the access token. Its first use confirms the rotation.
    """
    session = _live_session.first(session_id=session_id, user_id=user_id)
    if session is not None and session.confirmed_counter < counter == session.refresh_counter:
        _confirm(session, counter, now)
    return session


@CompiledQuery
def _live_session(session_id: UUID, user_id: UUID) -> QuerySet[Session]:
    live = Session.objects.filter(id=session_id, user=user_id, ended_at=None, user__is_active=True)
    return live.select_related("user__referral_as_invitee")


def _confirm(session: Session, counter: int, now: datetime) -> None:
    """Confirm a counter, unless a parallel request has already confirmed it or a later one."""
    unconfirmed = Session.objects.filter(id=session.id, confirmed_counter__lt=counter)
    unconfirmed.update(confirmed_counter=counter, confirmed_at=now)
