"""The life of a sign-in code as pure functions over its row: they read no clock and write no database."""

from datetime import datetime
from enum import Enum, auto

from referral import crypto
from referral.models import PhoneSignIn
from referral.policy import DAY, policy
from referral.spelling import compact
from referral.windows import recent, remember, retry_at


class Verdict(Enum):
    """What a text is to the code of a row."""

    RIGHT = auto()
    WRONG = auto()
    MALFORMED = auto()
    """Not as many digits as were sent: a slip of the hand, so it costs no attempt."""
    EXPIRED = auto()


def next_send_at(row: PhoneSignIn, now: datetime) -> datetime | None:
    """When the number may be sent its next code (UTC), or None if that is now."""
    return max((wait for wait, _ in send_waits(row, now)), default=None)


def send_waits(row: PhoneSignIn, now: datetime) -> list[tuple[datetime, str]]:
    """Until when (UTC) the number waits for its next code, and the name of the budget that it waits for."""
    budgets = [("codes an hour" if limit.window < DAY else "codes a day", limit) for limit in policy().sends]
    if not row.cooldown_waived:
        budgets.append(("cooldown", policy().cooldown))
    waits = [(retry_at(row.sends, (limit,), now), name) for name, limit in budgets]
    waits.append((next_guess_at(row, now), "guesses a day"))
    return [(wait, name) for wait, name in waits if wait]


def next_guess_at(row: PhoneSignIn, now: datetime) -> datetime | None:
    """When a guess will be looked at again (UTC), or None if that is now."""
    return retry_at(row.failures, (policy().failures,), now)


def required_length(row: PhoneSignIn, now: datetime, *, guarded: bool = False) -> int:
    """Digits that a code for this number needs: more if it or, guarded, the whole service was guessed at."""
    if row.consecutive_failures >= policy().locked_from:
        return policy().locked_length
    if guarded or recent(row.failures, policy().failures.window, now) >= policy().guarded_from:
        return policy().guarded_length
    return policy().code_length


def attempts_left(row: PhoneSignIn, now: datetime, *, guarded: bool = False) -> int:
    """How many wrong guesses the row's code survives, the last one included; 0 if none is live.

    A code also dies when the number, or (guarded) the whole service, has come to need a longer one.
    Otherwise four failures on one code and five on the next would make nine guesses at four digits.
    """
    if row.code_length is None or row.code_expires_at is None or now >= row.code_expires_at:
        return 0
    failures = recent(row.failures, policy().failures.window, now)
    left = [policy().attempts - row.code_attempts, policy().failures.count - failures]
    if row.code_length < policy().guarded_length:
        left.append(0 if guarded else policy().guarded_from - failures)
    if row.code_length < policy().locked_length:
        left.append(policy().locked_from - row.consecutive_failures)
    return max(0, min(left))


def judge(row: PhoneSignIn, number: str, text: str, now: datetime, *, guarded: bool = False) -> Verdict:
    """Hold a text against the row's code. Spaces, hyphens and the digits' script do not matter."""
    if attempts_left(row, now, guarded=guarded) == 0:
        return Verdict.EXPIRED
    code = compact(text)
    if len(code) != row.code_length or not set(code) <= set(crypto.DIGITS):
        return Verdict.MALFORMED
    mac = crypto.code_mac(number, code, row.code_salt or "")
    return Verdict.RIGHT if crypto.equal(mac, row.code_mac or "") else Verdict.WRONG


def issue(row: PhoneSignIn, number: str, now: datetime, *, guarded: bool = False) -> str:
    """Put a new code in the place of any older one, count the send, and return the code."""
    code = crypto.random_text(crypto.DIGITS, required_length(row, now, guarded=guarded))
    put(row, number, code, now)
    row.cooldown_waived = False
    row.sends = remember(row.sends, now, policy().sends)
    return code


def put(row: PhoneSignIn, number: str, code: str, now: datetime) -> None:
    """Make a code the live one. Only its MAC is kept."""
    row.code_salt = crypto.random_salt()
    row.code_mac = crypto.code_mac(number, code, row.code_salt)
    row.code_length = len(code)
    row.code_expires_at = now + policy().code_lifetime
    row.code_attempts = 0


def count_failure(row: PhoneSignIn, now: datetime) -> None:
    """Remember a wrong guess. New codes do not forget it; only time does."""
    row.code_attempts += 1
    row.consecutive_failures += 1
    row.failures = remember(row.failures, now, (policy().failures,))


def count_success(row: PhoneSignIn) -> None:
    """Use the code up: the owner is here. The failures of the last hours stay counted."""
    void(row)
    row.consecutive_failures = 0


def give_back_send(row: PhoneSignIn, *, refused: bool, now: datetime) -> None:
    """Undo a send that failed at the gateway: the wait always, and the send itself if it cannot be billed.

    Refused, the code is void and the send uncounted, but only so often, lest a gateway that lies
    makes sends free. With the outcome unknown the SMS may still arrive, so its code stays good.
    """
    row.cooldown_waived = True
    if not refused:
        return
    void(row)
    if retry_at(row.sends_given_back, (policy().sends_given_back,), now) is None:
        row.sends_given_back = remember(row.sends_given_back, now, (policy().sends_given_back,))
        row.sends = row.sends[:-1]


def unlock(row: PhoneSignIn) -> None:
    """Forget every send and every failure: the owner may start anew."""
    void(row)
    row.sends, row.sends_given_back, row.failures = [], [], []
    row.consecutive_failures = 0
    row.cooldown_waived = False


def is_forgotten(row: PhoneSignIn, now: datetime) -> bool:
    """Whether the row says no more than none would."""
    limits = (policy().cooldown, *policy().sends, policy().sends_given_back, policy().failures)
    longest = max(limit.window for limit in limits)
    instants = [*row.sends, *row.sends_given_back, *row.failures]
    live = row.code_expires_at is not None and now < row.code_expires_at
    used = live or row.consecutive_failures or row.was_invitee
    return not used and not recent(instants, longest, now)


def void(row: PhoneSignIn) -> None:
    """No code is live any more."""
    row.code_mac = row.code_salt = row.code_length = row.code_expires_at = None
    row.code_attempts = 0
