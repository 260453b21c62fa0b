"""Drawing and parsing invite codes."""

from django.conf import settings

from referral import crypto
from referral.text.spelling import compact

# Without 0, O, 1, I and L, which look alike. 31 characters give 887 million six-character codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTHS = range(6, 17)  # INVITE_CODE_LENGTH may grow; existing codes keep their length


def draw() -> str:
    """A random code of INVITE_CODE_LENGTH characters. It may be taken already."""
    return crypto.random_text(ALPHABET, settings.INVITE_CODE_LENGTH)


def normalise(text: str) -> str | None:
    """The code as stored, ignoring case, spaces and hyphens; None if the text cannot be a code."""
    code = compact(text)
    if len(code) not in LENGTHS or not code.isascii():  # upper() can lengthen text in other scripts
        return None
    code = code.upper()
    return code if set(code) <= set(ALPHABET) else None
