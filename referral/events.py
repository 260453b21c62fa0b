"""The sign-in log for staff. An event is written in the transaction that it describes."""

from datetime import datetime

from referral.client import UNKNOWN, Client
from referral.models import SignInEvent
from referral.storage import compiled_writes

Kind = SignInEvent.Kind


def record(kind: Kind, *, phone: str | None, now: datetime, client: Client = UNKNOWN) -> None:
    """Append an event for a phone number (E.164). Does nothing without a number, as for erased accounts."""
    if phone is None:
        return
    event = SignInEvent(
        kind=kind, phone=phone, ip_address=client.address, user_agent=client.user_agent, created_at=now
    )
    compiled_writes.insert(event)
