"""The tables. Rules that a constraint can express are constraints; domain code enforces the rest."""

from referral.models.phone_sign_in import PhoneSignIn
from referral.models.referral import Referral
from referral.models.referral_void import ReferralVoid
from referral.models.service_day import ServiceDay
from referral.models.session import Session
from referral.models.sign_in_event import SignInEvent
from referral.models.user import User

__all__ = ["PhoneSignIn", "Referral", "ReferralVoid", "ServiceDay", "Session", "SignInEvent", "User"]
