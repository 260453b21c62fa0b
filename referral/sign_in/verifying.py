"""Second step of signing in: exchange the code for a session. The first time, this creates the user."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from referral.budgets.budget import (
    charged,
    looks,
    reserved,
    wrong_guesses,
    wrong_invite_codes,
    wrong_invite_codes_of,
)
from referral.client import Client
from referral.refusals import CodeExpired, InviteNotFound, RateLimited, WrongCode
from referral.sign_in.attempts import Attempt, Judgement, SignedIn, judge
from referral.sign_in.codes import Verdict
from referral.telemetry import log_context
from referral.text import phone_numbers, sign_in_codes


def verify_code(*, phone: str, code: str, invite_code: str | None, client: Client, now: datetime) -> SignedIn:
    """Exchange a code for a session. A refused invite code does not prevent it.

    Raises InvalidPhone, RateLimited, WrongCode, CodeExpired. Looks are charged after judging, so that a
    client without any left can still sign in.
    """
    number = phone_numbers.parse(phone)
    log_context.add_phone(number)
    digits = sign_in_codes.normalise(code)
    if digits is None:  # the same answer whether or not a code is live
        raise WrongCode(settings.SIGN_IN_POLICY.guesses_per_code)
    attempt = Attempt(number=number, code=digits, invite_code=invite_code, client=client, now=now)
    with charged(*wrong_guesses(attempt.payer), for_=WrongCode):
        judgement = _judge_with_invite(attempt)
        if judgement.verdict is Verdict.WRONG:
            raise WrongCode(judgement.guesses_left)
    if judgement.signed_in is None:
        looks(attempt.payer).spend()
        raise WrongCode(judgement.guesses_left) if judgement.verdict is Verdict.WRONG_LENGTH else CodeExpired
    return judgement.signed_in


def _judge_with_invite(attempt: Attempt) -> Judgement:
    """Judge an attempt, and charge client and user if its invite code is unknown."""
    budgets = [wrong_invite_codes(attempt.payer)] if attempt.invite_code else []
    with reserved(*budgets) as reservation:
        if reservation.refused:
            attempt = replace(attempt, invite_code=None)
        judgement = judge(attempt)
        signed_in = judgement.signed_in
        if signed_in and reservation.refused:
            return replace(judgement, signed_in=replace(signed_in, invite=reservation.refused))
        if signed_in and isinstance(signed_in.invite, InviteNotFound):
            reservation.kept = True
            with suppress(RateLimited):  # the user has signed in already
                wrong_invite_codes_of(signed_in.session.user_id).spend()
    return judgement
