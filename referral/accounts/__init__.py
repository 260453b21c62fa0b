"""Operations on a whole account: `delete` is for its user, `erase` for staff."""

from referral.accounts.erasure import delete, erase

__all__ = ["delete", "erase"]
