"""The acts on a whole account: delete it, for its user; erase it, for staff."""

from referral.accounts.erasure import delete, erase

__all__ = ["delete", "erase"]
