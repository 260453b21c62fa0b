"""Signing in: a code is sent to a phone number, and comes back."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from referral import (
    compiled_writes,
    crypto,
    delivery,
    fixed_codes,
    invites,
    log_facts,
    metrics,
    phone_numbers,
    service_day,
    sessions,
    sign_in_codes,
)
from referral.compiled_query import CompiledQuery
from referral.devices import UNKNOWN, Device
from referral.events import Kind, record
from referral.models import PhoneSignIn, Session, User
from referral.policy import policy
from referral.refusals import CodeExpired, RateLimited, Refusal, WrongCode
from referral.sign_in_codes import Verdict
from referral.users import get_or_create_user, is_staff


@dataclass(frozen=True, kw_only=True)
class CodeSent:
    """A code is on its way. Instants are UTC; `demo_code` is the code itself, in demonstration mode only."""

    phone: str
    code_length: int
    expires_at: datetime
    resend_at: datetime
    demo_code: str | None


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session. `invite` is what became of the invite code, or None if none was given."""

    session: Session
    is_new_user: bool
    invite: User | Refusal | None


def request_code(*, phone: str, now: datetime, device: Device = UNKNOWN) -> CodeSent:
    """Send a sign-in code to a phone number in any spelling. Holds no connection while the gateway works.

    Raises InvalidPhone, CountryNotAllowed, RateLimited, DeliveryFailed.
    """
    number = _parse(phone)
    if fixed := fixed_codes.find(number, now):
        return _code_sent(fixed_codes.issue(number, fixed, now), number, fixed, now)
    phone_numbers.require_allowed_country(number)
    row, code = _issue(number, device, now)
    sent = _code_sent(row, number, code, now)
    delivery.deliver(code, row=row, number=number, device=device, now=now)
    return sent


def verify_code(*, phone: str, code: str, invite_code: str | None, device: Device, now: datetime) -> SignedIn:
    """Exchange a code for a session; the first time, for a user too. A bad invite code does not prevent it.

    Raises InvalidPhone, RateLimited, WrongCode, CodeExpired.
    """
    number = _parse(phone)
    alone = fixed_codes.find(number, now) is not None
    guarded = not alone and service_day.is_guarded(now)
    with transaction.atomic(durable=True):
        verdict, refusal = _use_code(number, code, now, guarded=guarded)
        answer = refusal or _sign_in(number, invite_code, device, now)
        if verdict is Verdict.WRONG:
            record(Kind.WRONG_CODE, phone=number, device=device, now=now)
    if verdict is Verdict.WRONG and not alone:
        service_day.count_failure(now)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _parse(phone: str) -> str:
    number = phone_numbers.parse(phone)
    log_facts.note(phone=log_facts.mask(number))
    return number


def _issue(number: str, device: Device, now: datetime) -> tuple[PhoneSignIn, str]:
    guarded = service_day.is_guarded(now)
    with transaction.atomic(durable=True):
        row = PhoneSignIn.objects.insert_or_lock(crypto.phone_hash(number))
        if waits := sign_in_codes.send_waits(row, now):
            wait, limit = max(waits)
            metrics.limits_hit.labels(limit).inc()
            raise RateLimited(wait)  # nothing was written that must stay
        code = sign_in_codes.issue(row, number, now, guarded=guarded)
        compiled_writes.update(row)
        record(Kind.CODE_SENT, phone=number, device=device, now=now)
        if refusal := service_day.spend_send(now):
            raise refusal
    return row, code


def _code_sent(row: PhoneSignIn, number: str, code: str, now: datetime) -> CodeSent:
    return CodeSent(
        phone=number,
        code_length=len(code),
        expires_at=now + policy().code_lifetime,
        resend_at=sign_in_codes.next_send_at(row, now) or now,
        demo_code=code if settings.DEMO_CODES and not is_staff(number) else None,
    )


def _use_code(number: str, code: str, now: datetime, *, guarded: bool) -> tuple[Verdict, Refusal | None]:
    row = _locked_row.first(phone_hash=crypto.phone_hash(number))
    if row is None:
        return Verdict.EXPIRED, CodeExpired()
    if wait := sign_in_codes.next_guess_at(row, now):
        metrics.limits_hit.labels("guesses a day").inc()
        return Verdict.EXPIRED, RateLimited(wait)
    verdict = sign_in_codes.judge(row, number, code, now, guarded=guarded)
    match verdict:
        case Verdict.EXPIRED:
            return verdict, CodeExpired()
        case Verdict.WRONG:
            sign_in_codes.count_failure(row, now)
            compiled_writes.update(row)
        case Verdict.RIGHT:
            sign_in_codes.count_success(row)
            compiled_writes.update(row)
            return verdict, None
    return verdict, WrongCode(sign_in_codes.attempts_left(row, now))


@CompiledQuery
def _locked_row(phone_hash: str) -> QuerySet[PhoneSignIn]:
    return PhoneSignIn.objects.select_for_update().filter(phone_hash=phone_hash)


def _sign_in(number: str, invite_code: str | None, device: Device, now: datetime) -> SignedIn | Refusal:
    user, is_new = get_or_create_user(number, now)
    if not user.is_active:
        return CodeExpired()
    invite = invites.try_activate(user=user, code=invite_code, now=now) if invite_code is not None else None
    session = sessions.start(user=user, device=device, now=now)
    record(Kind.SIGNED_IN, phone=number, device=device, now=now)
    return SignedIn(session=session, is_new_user=is_new, invite=invite)
