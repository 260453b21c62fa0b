"""Signing in: request a code, verify it. `unlock` is for staff."""

from referral.sign_in.attempts import SignedIn
from referral.sign_in.requesting import CodeSent, request_code
from referral.sign_in.unlocking import unlock
from referral.sign_in.verifying import verify_code

__all__ = ["CodeSent", "SignedIn", "request_code", "unlock", "verify_code"]
