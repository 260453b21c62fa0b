"""What happened to sign-ins, for staff to look into: appended in the transaction of what happened."""

from datetime import datetime

from referral import compiled_writes
from referral.devices import Device
from referral.models import SignInEvent

Kind = SignInEvent.Kind


def record(kind: Kind, *, phone: str | None, device: Device, now: datetime) -> None:
    """Append an event of a number (E.164). Of an erased account, which has none, nothing is recorded."""
    if phone is None:
        return
    event = SignInEvent(
        kind=kind, phone=phone, ip_address=device.ip_address, user_agent=device.user_agent, created_at=now
    )
    compiled_writes.insert(event)
