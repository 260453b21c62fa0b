"""Starting a session, and its lifetime."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from referral.client import Client
from referral.models import Session, User
from referral.storage import compiled_writes


def start(*, user: User, client: Client, now: datetime) -> Session:
    """Create a session for a user."""
    session = Session(
        user=user,
        confirmed_at=now,
        created_at=now,
        last_used_at=now,
        user_agent=client.user_agent,
        ip_address=client.address,
    )
    compiled_writes.insert(session)
    return session


def expires_at(session: Session) -> datetime:
    """When the session's refresh token expires (UTC) unless it is used before."""
    policy = settings.SIGN_IN_POLICY
    idle, absolute = session.last_used_at + policy.session_idle, session.created_at + policy.session_absolute
    return min(idle, absolute)


def live(user_id: UUID, now: datetime) -> QuerySet[Session]:
    """A user's sessions that have not ended and can still be refreshed, newest first."""
    policy = settings.SIGN_IN_POLICY
    return Session.objects.filter(
        user_id=user_id,
        ended_at=None,
        last_used_at__gt=now - policy.session_idle,
        created_at__gt=now - policy.session_absolute,
    ).order_by("-created_at", "-id")
