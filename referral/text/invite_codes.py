"""Invite codes: drawing them, and reading what people type."""

from django.conf import settings

from referral import crypto
from referral.text.spelling import compact

# Without 0, O, 1, I and L, which look alike: 31 characters, so 887 million codes of six.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTHS = range(6, 17)  # INVITE_CODE_LENGTH may grow; existing codes keep their length


def draw() -> str:
    """A random code of INVITE_CODE_LENGTH. The unique constraint of the table tells whether it is free."""
    return crypto.random_text(ALPHABET, settings.INVITE_CODE_LENGTH)


def normalise(text: str) -> str | None:
    """The code as stored, whatever the case, spaces and hyphens; None if it cannot be one."""
    code = compact(text)
    if len(code) not in LENGTHS or not code.isascii():  # in other scripts, upper() may add letters
        return None
    code = code.upper()
    return code if set(code) <= set(ALPHABET) else None
