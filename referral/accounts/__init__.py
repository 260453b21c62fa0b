"""Operations on a whole account: `delete` is for its user, the others for staff."""

from referral.accounts.access import disable, enable, replace_password, set_rank
from referral.accounts.erasure import delete, erase

__all__ = ["delete", "disable", "enable", "erase", "replace_password", "set_rank"]
