"""The acts on invites: activate a code, once in a lifetime and never in a circle; and void, for staff."""

from referral.invites.activation import activate, try_activate
from referral.invites.voiding import void

__all__ = ["activate", "try_activate", "void"]
