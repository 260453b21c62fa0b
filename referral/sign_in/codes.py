"""The life of a sign-in code and the budgets of its number, as pure functions over the number's row.

They take `now` instead of reading the clock, and leave saving the row to the caller.
"""

from datetime import datetime
from enum import Enum, auto

from django.conf import settings

from referral import crypto
from referral.budgets.policy import DAY
from referral.budgets.windows import recent, remember, retry_at
from referral.instants import up_to_the_second
from referral.models import PhoneSignIn


class Verdict(Enum):
    """The result of comparing a text with the row's code."""

    RIGHT = auto()
    WRONG = auto()
    WRONG_LENGTH = auto()  # a slip, not counted as a guess
    EXPIRED = auto()


def next_send_at(row: PhoneSignIn, now: datetime) -> datetime | None:
    """When the number may be sent its next code (UTC), or None if now."""
    return max([wait for wait, _ in send_waits(row, now)], default=None)


def send_waits(row: PhoneSignIn, now: datetime) -> list[tuple[datetime, str]]:
    """The used-up budgets for the next code: when each is free again (UTC), and its name."""
    policy = settings.SIGN_IN_POLICY
    waits = guess_waits(row, now)
    if not row.cooldown_waived and (wait := retry_at(row.sends, policy.cooldown, now)):
        waits.append((wait, "cooldown"))
    for limit in policy.sends:
        if wait := retry_at(row.sends, limit, now):
            waits.append((wait, "codes an hour" if limit.window < DAY else "codes a day"))
    return waits


def guess_waits(row: PhoneSignIn, now: datetime) -> list[tuple[datetime, str]]:
    """The used-up budgets for the next guess, in the same form; empty if a guess is allowed now."""
    wait = retry_at(row.wrong_guesses, settings.SIGN_IN_POLICY.wrong_guesses, now)
    return [(wait, "guesses a day")] if wait else []


def required_length(row: PhoneSignIn, now: datetime, *, guarded: bool = False) -> int:
    """Digits of a new code: more after wrong guesses at the number or, if `guarded`, at all numbers."""
    policy = settings.SIGN_IN_POLICY
    if row.consecutive_wrong_guesses >= policy.locked_from:
        return policy.locked_length
    if guarded or recent(row.wrong_guesses, policy.wrong_guesses.window, now) >= policy.guarded_from:
        return policy.guarded_length
    return policy.code_length


def guesses_left(row: PhoneSignIn, now: datetime, *, guarded: bool = False) -> int:
    """How many wrong guesses end the row's code; 0 if no code is live.

    A code also expires once its number or (`guarded`) the whole service requires longer codes. Otherwise
    four wrong guesses at one code and five at the next would allow nine guesses at four digits.
    """
    policy = settings.SIGN_IN_POLICY
    if row.code_length is None or row.code_expires_at is None or now >= row.code_expires_at:
        return 0
    wrong = recent(row.wrong_guesses, policy.wrong_guesses.window, now)
    left = [policy.guesses_per_code - row.code_wrong_guesses, policy.wrong_guesses.count - wrong]
    if row.code_length < policy.guarded_length:
        left.append(0 if guarded else policy.guarded_from - wrong)
    if row.code_length < policy.locked_length:
        left.append(policy.locked_from - row.consecutive_wrong_guesses)
    return max(0, min(left))


def judge(row: PhoneSignIn, number: str, code: str, now: datetime, *, guarded: bool = False) -> Verdict:
    """Compare digits with the row's code."""
    if guesses_left(row, now, guarded=guarded) == 0:
        return Verdict.EXPIRED
    if len(code) != row.code_length:
        return Verdict.WRONG_LENGTH
    mac = crypto.code_mac(number, code, row.code_salt or "")
    return Verdict.RIGHT if crypto.equal(mac, row.code_mac or "") else Verdict.WRONG


def issue(row: PhoneSignIn, number: str, now: datetime, *, guarded: bool = False) -> str:
    """Replace any older code with a new one, count the send, and return the code."""
    code = crypto.random_text(crypto.DIGITS, required_length(row, now, guarded=guarded))
    put(row, number, code, now)
    row.cooldown_waived = False
    row.sends = remember(row.sends, now, settings.SIGN_IN_POLICY.sends)
    return code


def put(row: PhoneSignIn, number: str, code: str, now: datetime) -> None:
    """Make a code the live one. Only its MAC is stored."""
    row.code_salt = crypto.random_salt()
    row.code_mac = crypto.code_mac(number, code, row.code_salt)
    row.code_length = len(code)
    row.code_expires_at = up_to_the_second(now + settings.SIGN_IN_POLICY.code_lifetime)
    row.code_wrong_guesses = 0


def count_wrong_guess(row: PhoneSignIn, now: datetime) -> None:
    """Count a wrong guess. A new code resets the code's own count, but not the number's counts."""
    row.code_wrong_guesses += 1
    row.consecutive_wrong_guesses += 1
    row.wrong_guesses = remember(row.wrong_guesses, now, (settings.SIGN_IN_POLICY.wrong_guesses,))


def use_up(row: PhoneSignIn) -> None:
    """End the code after the right guess. Wrong guesses of the last 24 hours stay counted."""
    void(row)
    row.consecutive_wrong_guesses = 0


def give_back_send(row: PhoneSignIn, *, refused: bool, now: datetime) -> None:
    """Undo a failed send: always the cooldown, and the send itself if it cannot be billed.

    After a refusal, the code is void and the send uncounted, but only a few times an hour: a gateway that
    refuses and still delivers must not make sends free. If the outcome is unknown, the SMS may still
    arrive, so its code stays valid.
    """
    limit = settings.SIGN_IN_POLICY.sends_given_back
    row.cooldown_waived = True
    if not refused:
        return
    void(row)
    if retry_at(row.sends_given_back, limit, now) is None:
        row.sends_given_back = remember(row.sends_given_back, now, (limit,))
        row.sends = row.sends[:-1]


def can_be_deleted(row: PhoneSignIn, now: datetime) -> bool:
    """Whether the row can be deleted: no code is live, and every budget is the same without it."""
    policy = settings.SIGN_IN_POLICY
    limits = (policy.cooldown, *policy.sends, policy.sends_given_back, policy.wrong_guesses)
    instants = [*row.sends, *row.sends_given_back, *row.wrong_guesses]
    live = row.code_expires_at is not None and now < row.code_expires_at
    in_use = live or row.consecutive_wrong_guesses or row.was_invitee
    return not in_use and not recent(instants, max(limit.window for limit in limits), now)


def void(row: PhoneSignIn) -> None:
    """End the live code, if any."""
    row.code_mac = row.code_salt = row.code_length = row.code_expires_at = None
    row.code_wrong_guesses = 0
