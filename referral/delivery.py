"""Handing a code to the SMS gateway, and what is undone when that fails."""

from datetime import datetime

from django.db import transaction

from referral import sign_in_codes
from referral.db import give_back_connection
from referral.devices import Device
from referral.events import Kind, record
from referral.models import PhoneSignIn
from referral.refusals import DeliveryFailed
from referral.sms.outcome import Outcome
from referral.sms.sending import send
from referral.sms.text import sign_in_text


def deliver(code: str, *, row: PhoneSignIn, number: str, device: Device, now: datetime) -> None:
    """Send a code, just issued in `row`, to an E.164 number. Holds no connection while the gateway works.

    Raises DeliveryFailed, after giving back what the number did not get.
    """
    give_back_connection()
    outcome = send(number, sign_in_text(code))
    if outcome is not Outcome.TAKEN:
        _give_back_send(row, number, outcome, device, now)
        raise DeliveryFailed


def _give_back_send(sent: PhoneSignIn, number: str, outcome: Outcome, device: Device, now: datetime) -> None:
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.select_for_update().get(phone_hash=sent.phone_hash)
        if row.code_salt == sent.code_salt:  # otherwise the code was used, or a newer one sent, meanwhile
            sign_in_codes.give_back_send(row, refused=outcome is Outcome.REFUSED, now=now)
            row.save()
        record(Kind.DELIVERY_FAILED, phone=number, device=device, now=now)
