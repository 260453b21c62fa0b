"""An attempt at signing in, judged in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.db.models import QuerySet

from referral import crypto, invites, sessions
from referral.budgets.budget import require_no_wait
from referral.client import UNKNOWN, Client
from referral.events import Kind, record
from referral.models import PhoneSignIn, Session, User
from referral.models.phone_sign_in import decoy_of
from referral.people import test_numbers
from referral.people.users import get_or_create_user
from referral.refusals import Refusal
from referral.sign_in import ceilings, codes
from referral.sign_in.codes import Verdict
from referral.storage import compiled_writes
from referral.storage.compiled_reads import CompiledQuery


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A code that was entered for a number: digits in ASCII, and an E.164 number."""

    number: str
    code: str
    invite_code: str | None
    client: Client
    now: datetime

    @cached_property
    def is_test(self) -> bool:
        """Whether the number is a test number, which spends no budget of a client or the service."""
        return test_numbers.code_of(self.number, self.now) is not None

    @property
    def payer(self) -> Client:
        """The client that the attempt is charged to."""
        return UNKNOWN if self.is_test else self.client


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session. `invite` is the user after an activation, a refusal, or None without an invite code."""

    session: Session
    is_new_user: bool
    invite: User | Refusal | None


@dataclass(frozen=True)
class Judgement:
    """The verdict on an attempt. `signed_in` is None unless it was right and the user is active."""

    verdict: Verdict
    guesses_left: int
    signed_in: SignedIn | None


def judge(attempt: Attempt) -> Judgement:
    """Compare the code with the number's code, and sign in if it is right. Raises RateLimited."""
    guarded = not attempt.is_test and ceilings.is_guarded(attempt.now)
    with transaction.atomic(durable=True):
        judgement = _judge(attempt, guarded=guarded)
    if judgement.verdict is Verdict.WRONG and not attempt.is_test:
        ceilings.count_wrong_guess(attempt.now)
    return judgement


def _judge(attempt: Attempt, *, guarded: bool) -> Judgement:
    phone_hash, now = crypto.phone_hash(attempt.number), attempt.now
    row = _locked_row.first(phone_hash=phone_hash, decoy=decoy_of(phone_hash))
    if row is None:
        return Judgement(Verdict.EXPIRED, 0, None)
    require_no_wait(codes.guess_waits(row, now))
    verdict, signed_in = codes.judge(row, attempt.number, attempt.code, now, guarded=guarded), None
    if verdict is Verdict.WRONG:
        codes.count_wrong_guess(row, now)
        compiled_writes.update(row)
        record(Kind.WRONG_CODE, phone=attempt.number, client=attempt.client, now=now)
    elif verdict is Verdict.RIGHT:
        codes.use_up(row)
        compiled_writes.update(row)
        signed_in = _sign_in(attempt)
    return Judgement(verdict, codes.guesses_left(row, now), signed_in)


@CompiledQuery
def _locked_row(phone_hash: str, decoy: str) -> QuerySet[PhoneSignIn]:
    """The number's row, or a decoy if it has none. One of the two is locked in any case."""
    rows = PhoneSignIn.objects.select_for_update().filter(phone_hash__in=[phone_hash, decoy])
    return rows.order_by("-phone_hash")[:1]


def _sign_in(attempt: Attempt) -> SignedIn | None:
    """Start a session for the number's user, created if missing. None if the user is disabled."""
    number, client, now = attempt.number, attempt.client, attempt.now
    user, is_new = get_or_create_user(number, now)
    if not user.is_active:
        return None
    code = attempt.invite_code
    invite = invites.try_activate(user=user, code=code, now=now) if code is not None else None
    session = sessions.start(user=user, client=client, now=now)
    record(Kind.SIGNED_IN, phone=number, client=client, now=now)
    return SignedIn(session=session, is_new_user=is_new, invite=invite)
