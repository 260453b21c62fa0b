"""Invite codes: six characters, or more once there are many users, that survive being read out."""

from django.conf import settings

from referral import crypto
from referral.spelling import compact

# Without 0, O, 1, I and L, which are mistaken for each other: 31 characters, 887 million codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTHS = range(6, 17)  # what INVITE_CODE_LENGTH may grow to: older codes stay as they are
MANY = 1000


def draw() -> str:
    """A random code of INVITE_CODE_LENGTH. The table's unique constraint says whether it is free."""
    return crypto.random_text(ALPHABET, settings.INVITE_CODE_LENGTH)


def draw_many() -> list[str]:
    """A thousand, in the order in which they were drawn."""
    return [draw() for _ in range(MANY)]


def normalise(text: str) -> str | None:
    """The code in its stored form, whatever the case, spaces and hyphens; None if it cannot be one."""
    code = compact(text)
    if len(code) not in LENGTHS or not code.isascii():  # in other scripts, capitals may be more letters
        return None
    code = code.upper()
    return code if set(code) <= set(ALPHABET) else None
