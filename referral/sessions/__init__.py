"""Operations on sessions: start, authenticate, refresh, end."""

from referral.sessions.authentication import authenticate
from referral.sessions.ending import end, end_all, erase_all
from referral.sessions.lifetime import expires_at, live
from referral.sessions.refreshing import refresh
from referral.sessions.starting import MOST_LIVE, start

__all__ = [
    "MOST_LIVE",
    "authenticate",
    "end",
    "end_all",
    "erase_all",
    "expires_at",
    "live",
    "refresh",
    "start",
]
