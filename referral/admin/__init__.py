"""The admin for staff. PhoneSignIn is not in it: staff need neither MACs nor counters."""

from referral.admin.groups import GroupAdmin
from referral.admin.referrals import ReferralAdmin, ReferralVoidAdmin
from referral.admin.sessions import SessionAdmin
from referral.admin.sign_in_events import SignInEventAdmin
from referral.admin.users import UserAdmin

__all__ = [
    "GroupAdmin",
    "ReferralAdmin",
    "ReferralVoidAdmin",
    "SessionAdmin",
    "SignInEventAdmin",
    "UserAdmin",
]
