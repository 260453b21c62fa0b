"""Second step of signing in: exchange the code for a session. The first time, this creates the user."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from referral import crypto, invites, sessions
from referral.budgets.budget import (
    charge,
    charged,
    refusal,
    require_no_wait,
    wrong_guesses,
    wrong_invite_codes,
)
from referral.client import UNKNOWN, Client
from referral.events import Kind, record
from referral.models import PhoneSignIn, Session, User
from referral.people import test_numbers
from referral.people.users import get_or_create_user
from referral.refusals import CodeExpired, InviteNotFound, Refusal, WrongCode
from referral.sign_in import codes, daily_ceilings
from referral.sign_in.codes import Verdict
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery
from referral.telemetry import log_context
from referral.text import phone_numbers


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session. `invite` is the user after an activation, a refusal, or None without an invite code."""

    session: Session
    is_new_user: bool
    invite: User | Refusal | None


def verify_code(*, phone: str, code: str, invite_code: str | None, client: Client, now: datetime) -> SignedIn:
    """Exchange a code for a session. A refused invite code does not prevent it.

    Raises InvalidPhone, RateLimited, WrongCode, CodeExpired.
    """
    number = phone_numbers.parse(phone)
    log_context.add_phone(number)
    is_test = test_numbers.code_of(number, now) is not None
    payer = UNKNOWN if is_test else client  # a test number spends no client's budget
    refused = refusal(*wrong_invite_codes(payer)) if invite_code else None
    with charged(wrong_guesses(payer), for_=WrongCode):
        signed_in = _exchange(number, code, None if refused else invite_code, client, now, is_test=is_test)
    if isinstance(signed_in.invite, InviteNotFound):
        charge(*wrong_invite_codes(payer, signed_in.session.user_id))
    return replace(signed_in, invite=refused or signed_in.invite)


def _exchange(
    number: str, code: str, invite_code: str | None, client: Client, now: datetime, *, is_test: bool
) -> SignedIn:
    guarded = not is_test and daily_ceilings.is_guarded(now)
    signed_in = None
    with transaction.atomic(durable=True):
        verdict, guesses_left = _judge(number, code, now, guarded=guarded)
        if verdict is Verdict.RIGHT:
            signed_in = _sign_in(number, invite_code, client, now)
        elif verdict is Verdict.WRONG:
            record(Kind.WRONG_CODE, phone=number, client=client, now=now)
    if verdict is Verdict.WRONG and not is_test:
        daily_ceilings.count_wrong_guess(now)
    if signed_in is None:
        raise WrongCode(guesses_left) if verdict in {Verdict.WRONG, Verdict.MALFORMED} else CodeExpired
    return signed_in


def _judge(number: str, code: str, now: datetime, *, guarded: bool) -> tuple[Verdict, int]:
    """Compare a text with the number's code, and save the result. Returns verdict and guesses left."""
    row = _locked_row.first(phone_hash=crypto.phone_hash(number))
    if row is None:
        return Verdict.EXPIRED, 0
    require_no_wait(codes.guess_waits(row, now))
    verdict = codes.judge(row, number, code, now, guarded=guarded)
    if verdict is Verdict.WRONG:
        codes.count_wrong_guess(row, now)
        compiled_writes.update(row)
    elif verdict is Verdict.RIGHT:
        codes.use_up(row)
        compiled_writes.update(row)
    return verdict, codes.guesses_left(row, now)


@CompiledQuery
def _locked_row(phone_hash: str) -> QuerySet[PhoneSignIn]:
    return PhoneSignIn.objects.select_for_update().filter(phone_hash=phone_hash)


def _sign_in(number: str, invite_code: str | None, client: Client, now: datetime) -> SignedIn | None:
    """Start a session for the number's user, created if missing. None if the user is disabled."""
    user, is_new = get_or_create_user(number, now)
    if not user.is_active:
        return None
    invite = invites.try_activate(user=user, code=invite_code, now=now) if invite_code is not None else None
    session = sessions.start(user=user, client=client, now=now)
    record(Kind.SIGNED_IN, phone=number, client=client, now=now)
    return SignedIn(session=session, is_new_user=is_new, invite=invite)
