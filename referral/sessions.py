"""Sessions: started by a sign-in, kept alive by refreshing, over at once when ended.

Refreshing counts. The token of the current counter rotates to the next. The one before it gets the
same next token again until that one was used, and for 30 seconds after, so that a lost answer, a
reload or a second tab signs nobody out. Used, or confirmed, is a token by a refresh or by a request
with its access token; only the newest confirmation is remembered. Any other older token is taken
for stolen and ends the session (RFC 9700, section 4.14.2: refresh token rotation).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from referral import compiled_writes, refresh_tokens
from referral.compiled_query import CompiledQuery
from referral.devices import UNKNOWN, Device
from referral.events import Kind, record
from referral.models import Session, User
from referral.policy import policy
from referral.refusals import InvalidRefreshToken


def start(*, user: User, device: Device, now: datetime) -> Session:
    """A new session of a user."""
    session = Session(
        user=user,
        confirmed_at=now,
        created_at=now,
        last_used_at=now,
        user_agent=device.user_agent,
        ip_address=device.ip_address,
    )
    compiled_writes.insert(session)
    return session


@CompiledQuery
def _live_session(session_id: UUID, user_id: UUID) -> QuerySet[Session]:
    live = Session.objects.filter(id=session_id, user=user_id, ended_at=None, user__is_active=True)
    return live.select_related("user__referral_as_invitee")


def authenticate(*, session_id: UUID, user_id: UUID, counter: int, now: datetime) -> Session | None:
    """The live session of an active user, with the user and how they were invited, in one statement; or None.

    `counter` is the one that the access token was issued with: its first use confirms the rotation.
    """
    session = _live_session.first(session_id=session_id, user_id=user_id)
    if session is not None and session.confirmed_counter < counter == session.refresh_counter:
        _confirm(session, counter, now)
    return session


@CompiledQuery
def _locked_session(session_id: UUID) -> QuerySet[Session]:
    live = Session.objects.filter(id=session_id, ended_at=None, user__is_active=True)
    return live.select_related("user").select_for_update(of=("self",), no_key=True)


def refresh(*, token: str, now: datetime, device: Device = UNKNOWN) -> tuple[Session, int]:
    """The session of a refresh token, and the counter that the new tokens carry.

    Raises InvalidRefreshToken; where the token is an old one of a live session, that session is over.
    """
    session_id, counter = refresh_tokens.decode(token)
    with transaction.atomic(durable=True):
        session = _locked_session.first(session_id=session_id)
        renewed = session if session is not None and _renew(session, counter, now) else None
        if session is not None and session.ended_at is not None:
            record(Kind.OLD_REFRESH_TOKEN, phone=session.user.phone, device=device, now=now)
    if renewed is None:
        raise InvalidRefreshToken
    return renewed, counter + 1


def end(*, session_id: UUID, user_id: UUID, now: datetime, device: Device = UNKNOWN) -> int:
    """End one session of a user. How many ended: 1, or 0 if there is no such live session."""
    return _end(live(user_id, now).filter(id=session_id), user_id, device, now)


def end_all(*, user_id: UUID, now: datetime, device: Device = UNKNOWN) -> int:
    """End every session of a user. How many ended."""
    return _end(live(user_id, now), user_id, device, now)


def live(user_id: UUID, now: datetime) -> QuerySet[Session]:
    """A user's sessions that were not ended and can still be refreshed, newest first."""
    return Session.objects.filter(
        user_id=user_id,
        ended_at=None,
        last_used_at__gt=now - policy().session_idle,
        created_at__gt=now - policy().session_absolute,
    ).order_by("-created_at", "-id")


def expires_at(session: Session) -> datetime:
    """When the session's refresh token stops working (UTC) unless it is used before."""
    return min(session.last_used_at + policy().session_idle, session.created_at + policy().session_absolute)


def erase_all(user_id: UUID) -> None:
    """Forget every session of a user, ended or not. The user is locked."""
    Session.objects.filter(id__in=_lock(Session.objects.filter(user_id=user_id))).delete()


def _lock(chosen: QuerySet[Session]) -> list[UUID]:
    """Lock sessions in the one order in which everybody locks several."""
    return list(chosen.order_by("id").select_for_update().values_list("id", flat=True))


def _end(chosen: QuerySet[Session], user_id: UUID, device: Device, now: datetime) -> int:
    with transaction.atomic():
        ended = Session.objects.filter(id__in=_lock(chosen)).update(ended_at=now)
        phone = User.objects.values_list("phone", flat=True).get(id=user_id) if ended else None
        for _ in range(ended):
            record(Kind.SESSION_ENDED, phone=phone, device=device, now=now)
    return ended


def _renew(session: Session, counter: int, now: datetime) -> bool:
    """Answer a token of this counter with the next, if it has one; an old one ends the session."""
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
    """Whether an earlier token may have its successor again: that one is unused, or was not a moment ago."""
    successor = counter + 1
    if successor == session.confirmed_counter:
        return now < session.confirmed_at + policy().refresh_overlap
    return successor > session.confirmed_counter


def _confirm(session: Session, counter: int, now: datetime) -> None:
    unconfirmed = Session.objects.filter(id=session.id, confirmed_counter__lt=counter)
    unconfirmed.update(confirmed_counter=counter, confirmed_at=now)
