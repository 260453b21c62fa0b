"""What happened to sign-ins, for staff: recorded in the transaction of what happened."""

from datetime import datetime

from referral.client import UNKNOWN, Client
from referral.models import SignInEvent
from referral.storage import compiled_writes

Kind = SignInEvent.Kind


def record(kind: Kind, *, phone: str | None, now: datetime, client: Client = UNKNOWN) -> None:
    """Append an event of a phone number (E.164). An erased account has none, so nothing is recorded of it."""
    if phone is None:
        return
    event = SignInEvent(
        kind=kind, phone=phone, ip_address=client.address, user_agent=client.user_agent, created_at=now
    )
    compiled_writes.insert(event)
