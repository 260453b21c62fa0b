"""Unlocking a number, for staff, after a stranger used up its budgets."""

from datetime import datetime

from django.db import transaction

from referral import crypto
from referral.events import Kind, record
from referral.models import PhoneSignIn
from referral.sign_in import codes


def unlock(*, phone: str, now: datetime) -> None:
    """Clear the send and guess history of a number (E.164)."""
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(phone))
        codes.void(row)
        row.sends, row.sends_given_back, row.wrong_guesses = [], [], []
        row.consecutive_wrong_guesses, row.cooldown_waived = 0, False
        row.save()
        record(Kind.NUMBER_UNLOCKED, phone=phone, now=now)
