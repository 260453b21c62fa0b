"""Ending sessions: by their user, by staff, or with the account."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from referral.client import UNKNOWN, Client
from referral.events import Kind, record
from referral.models import Session, User
from referral.sessions.lifetime import live


def end(*, session_id: UUID, user_id: UUID, now: datetime, client: Client = UNKNOWN) -> int:
    """End one session of a user. Returns how many ended: 1, or 0 if there is no such live session."""
    return end_these([session_id], user_id=user_id, now=now, client=client)


def end_these(session_ids: Sequence[UUID], *, user_id: UUID, now: datetime, client: Client = UNKNOWN) -> int:
    """End some sessions of a user. Returns how many ended: those that were live."""
    return _end(live(user_id, now).filter(id__in=session_ids), user_id, client, now)


def end_all(*, user_id: UUID, now: datetime, client: Client = UNKNOWN) -> int:
    """End every session of a user. Returns how many ended."""
    return _end(live(user_id, now), user_id, client, now)


def erase_all(user_id: UUID) -> None:
    """Delete every session of a user, ended or not. The caller has locked the user."""
    Session.objects.filter(id__in=_lock(Session.objects.filter(user_id=user_id))).delete()


def _lock(chosen: QuerySet[Session]) -> list[UUID]:
    """Lock sessions in order of id, as everything that locks several sessions must."""
    return list(chosen.order_by("id").select_for_update().values_list("id", flat=True))


def _end(chosen: QuerySet[Session], user_id: UUID, client: Client, now: datetime) -> int:
    with transaction.atomic():
        ended = Session.objects.filter(id__in=_lock(chosen)).update(ended_at=now)
        phone = User.objects.values_list("phone", flat=True).get(id=user_id) if ended else None
        for _ in range(ended):
            record(Kind.SESSION_ENDED, phone=phone, client=client, now=now)
    return ended
