"""Starting a session. A user can have 100 live ones: another one ends the oldest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from referral.client import Client
from referral.models import Session, User
from referral.sessions.ending import end_these
from referral.sessions.lifetime import unexpired
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery

MOST_LIVE = 100
ENDED_AT_ONCE = 100  # a user may have any number from before there was a limit


def start(*, user: User, client: Client, now: datetime) -> Session:
    """Create a session for a user. The lock of a sign-in keeps others of the same user waiting."""
    policy = settings.SIGN_IN_POLICY
    surplus = _surplus.rows(
        user_id=user.id, used_after=now - policy.session_idle, created_after=now - policy.session_absolute
    )
    if surplus:
        end_these([id_ for (id_,) in surplus], user_id=user.id, client=client, now=now)
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


@CompiledQuery
def _surplus(user_id: UUID, used_after: datetime, created_after: datetime) -> QuerySet[Session, Any]:
    """The sessions that leave no place for another."""
    kept = MOST_LIVE - 1
    return unexpired(user_id, used_after, created_after).values_list("id")[kept : kept + ENDED_AT_ONCE]
