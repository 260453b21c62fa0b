"""Reading sign-in codes that people type or paste."""

from referral import crypto
from referral.text.spelling import compact

SHORTEST, LONGEST = 4, 10  # digits


def normalise(text: str) -> str | None:
    """The code in ASCII digits, without spaces and hyphens; None if the text cannot be a code."""
    code = compact(text)
    return code if SHORTEST <= len(code) <= LONGEST and set(code) <= set(crypto.DIGITS) else None
