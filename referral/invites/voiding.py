"""Voiding a referral, for staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from referral.models import Referral, ReferralVoid, User
from referral.people.users import lock_users


def void(*, invitee_id: UUID, reason: str, staff: User, now: datetime) -> bool:
    """Void a referral: the inviter's count goes down, and the invitee may activate another code.

    Returns False if there is none. ReferralVoid keeps the referral with the reason, the staff and the time.
    """
    with transaction.atomic(durable=True):
        seen = Referral.objects.filter(invitee=invitee_id).first()
        locked = lock_users(invitee_id, seen.inviter_id) if seen else {}
        referral = Referral.objects.filter(invitee=invitee_id, inviter__in=locked).first()
        if referral is None:  # none, or voided while this transaction waited for the locks
            return False
        ReferralVoid.objects.create(
            invitee_id=invitee_id,
            inviter_id=referral.inviter_id,
            code=referral.code,
            created_at=referral.created_at,
            reason=reason,
            staff=staff,
            voided_at=now,
        )
        referral.delete()
        User.objects.filter(id=referral.inviter_id).update(invited_count=F("invited_count") - 1)
    return True
