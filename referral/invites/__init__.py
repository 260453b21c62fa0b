"""Operations on invites: activate a code, once and without loops; `void` is for staff."""

from referral.invites.activation import activate, try_activate
from referral.invites.voiding import void

__all__ = ["activate", "try_activate", "void"]
