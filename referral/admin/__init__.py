"""What staff sees and may do. Sign-in rows are not here: nobody needs a code's MAC or a counter."""

from referral.admin.referrals import ReferralAdmin, ReferralVoidAdmin
from referral.admin.sessions import SessionAdmin
from referral.admin.sign_in_events import SignInEventAdmin
from referral.admin.users import UserAdmin

__all__ = ["ReferralAdmin", "ReferralVoidAdmin", "SessionAdmin", "SignInEventAdmin", "UserAdmin"]
