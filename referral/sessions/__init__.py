"""Operations on sessions: start, authenticate, refresh, end."""

from referral.sessions.authentication import authenticate
from referral.sessions.ending import end, end_all, erase_all
from referral.sessions.lifetime import expires_at, live, start
from referral.sessions.refreshing import refresh

__all__ = ["authenticate", "end", "end_all", "erase_all", "expires_at", "live", "refresh", "start"]
