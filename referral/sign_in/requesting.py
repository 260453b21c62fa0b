"""First step of signing in: send a code to a phone number."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from referral import crypto
from referral.budgets.budget import code_requests, require_no_wait, spend
from referral.client import UNKNOWN, Client
from referral.events import Kind, record
from referral.instants import up_to_the_second
from referral.models import PhoneSignIn
from referral.people import test_numbers
from referral.people.users import is_staff
from referral.sign_in import ceilings, codes
from referral.sign_in.delivery import deliver
from referral.sms.countries import require_allowed_country
from referral.storage import compiled_writes
from referral.telemetry import log_context
from referral.text import phone_numbers


@dataclass(frozen=True, kw_only=True)
class CodeSent:
    """A code that was sent. Times are UTC, in whole seconds.

    `demo_code` is the code itself, in demonstration mode only.
    """

    phone: str
    code_length: int
    expires_at: datetime
    resend_at: datetime
    demo_code: str | None


def request_code(*, phone: str, now: datetime, client: Client = UNKNOWN) -> CodeSent:
    """Send a code to a phone number in any spelling. Holds no database connection while it is sent.

    Raises InvalidPhone, CountryNotAllowed, RateLimited, DeliveryFailed.
    """
    number = phone_numbers.parse(phone)
    log_context.add_phone(number)
    if fixed := test_numbers.code_of(number, now):
        return _code_sent(_issue_fixed(number, fixed, now), number, fixed, now)
    require_allowed_country(number)
    spend(*code_requests(client))
    row, code = _issue(number, client, now)
    sent = _code_sent(row, number, code, now)
    deliver(code, row=row, number=number, client=client, now=now)
    return sent


def _issue(number: str, client: Client, now: datetime) -> tuple[PhoneSignIn, str]:
    guarded = ceilings.is_guarded(now)
    with transaction.atomic(durable=True):  # a refusal in here rolls back, so that it counts no send
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
        require_no_wait(codes.send_waits(row, now))
        code = codes.issue(row, number, now, guarded=guarded)
        compiled_writes.update(row)
        record(Kind.CODE_SENT, phone=number, client=client, now=now)
        ceilings.spend_send(now)
    return row, code


def _issue_fixed(number: str, code: str, now: datetime) -> PhoneSignIn:
    """Make the fixed code of a test number live. Only guesses are limited, because nothing is sent."""
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
        require_no_wait(codes.guess_waits(row, now))
        codes.put(row, number, code, now)
        compiled_writes.update(row)
    return row


def _code_sent(row: PhoneSignIn, number: str, code: str, now: datetime) -> CodeSent:
    return CodeSent(
        phone=number,
        code_length=len(code),
        expires_at=row.code_expires_at or now,
        resend_at=up_to_the_second(codes.next_send_at(row, now) or now),
        demo_code=code if settings.DEMO_CODES and not is_staff(number) else None,
    )
