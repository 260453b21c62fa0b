"""The lifetime of a session."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from referral.models import Session


def expires_at(session: Session) -> datetime:
    """When the session's refresh token expires (UTC) unless it is used before."""
    policy = settings.SIGN_IN_POLICY
    idle, absolute = session.last_used_at + policy.session_idle, session.created_at + policy.session_absolute
    return min(idle, absolute)


def live(user_id: UUID, now: datetime) -> QuerySet[Session]:
    """A user's sessions that have not ended and can still be refreshed, newest first."""
    policy = settings.SIGN_IN_POLICY
    return unexpired(user_id, now - policy.session_idle, now - policy.session_absolute)


def unexpired(user_id: UUID, used_after: datetime, created_after: datetime) -> QuerySet[Session]:
    """A user's sessions that have not ended and were used and created after these times, newest first."""
    return Session.objects.filter(
        user=user_id, ended_at=None, last_used_at__gt=used_after, created_at__gt=created_after
    ).order_by("-created_at", "-id")
