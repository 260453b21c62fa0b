"""Sending a code through the SMS gateway, and undoing the send if it fails."""

from datetime import datetime

from django.db import transaction

from referral.client import Client
from referral.events import Kind, record
from referral.models import PhoneSignIn
from referral.refusals import DeliveryFailed
from referral.sign_in import ceilings, codes
from referral.sms.outcome import Outcome
from referral.sms.sending import send
from referral.sms.text import sign_in_text
from referral.storage.connection import give_back_connection


def deliver(code: str, *, row: PhoneSignIn, number: str, client: Client, now: datetime) -> None:
    """Send a code, just issued in `row`, to an E.164 number. Holds no database connection meanwhile.

    Raises DeliveryFailed, after undoing the send.
    """
    give_back_connection()
    outcome = send(number, sign_in_text(code))
    if outcome is not Outcome.TAKEN:
        _give_back_send(row, number, outcome, client, now)
        raise DeliveryFailed


def _give_back_send(sent: PhoneSignIn, number: str, outcome: Outcome, client: Client, now: datetime) -> None:
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.select_for_update().get(phone_hash=sent.phone_hash)
        if row.code_salt == sent.code_salt:  # otherwise the code was used or replaced meanwhile
            codes.give_back_send(row, refused=outcome is Outcome.REFUSED, now=now)
            row.save()
        record(Kind.DELIVERY_FAILED, phone=number, client=client, now=now)
    if outcome is Outcome.REFUSED:
        ceilings.give_back_send(now)
