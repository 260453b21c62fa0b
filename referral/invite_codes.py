"""Invite codes: six characters that survive being read out over a phone."""

from referral import crypto
from referral.spelling import compact

# Without 0, O, 1, I and L, which are mistaken for each other: 31 characters, 887 million codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def draw() -> str:
    """A random code. The table's unique constraint says whether it is free."""
    return crypto.random_text(ALPHABET, LENGTH)


def normalise(text: str) -> str | None:
    """The code in its stored form, whatever the case, spaces and hyphens; None if it cannot be one."""
    code = compact(text)
    if len(code) != LENGTH or not code.isascii():  # in other scripts, capitals may be more letters
        return None
    code = code.upper()
    return code if set(code) <= set(ALPHABET) else None
