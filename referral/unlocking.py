"""What staff does for a number that somebody else guessed at."""

from datetime import datetime

from django.db import transaction

from referral import crypto, sign_in_codes
from referral.devices import UNKNOWN
from referral.events import Kind, record
from referral.models import PhoneSignIn


def unlock(*, phone: str, now: datetime) -> None:
    """Let a number (E.164) ask and guess again as if it never had. For staff."""
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(phone))
        sign_in_codes.unlock(row)
        row.save()
        record(Kind.NUMBER_UNLOCKED, phone=phone, device=UNKNOWN, now=now)
