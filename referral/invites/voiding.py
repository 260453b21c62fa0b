"""Voiding a referral, by staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from referral.models import Referral, ReferralVoid, User
from referral.people.users import lock_users


def void(*, invitee_id: UUID, reason: str, staff: User, now: datetime) -> bool:
    """Take a referral back: the inviter's count follows, and the invitee may activate another code.

    Returns False if there is none. What it was is kept with the reason, the member of staff and the instant.
    """
    with transaction.atomic(durable=True):
        seen = Referral.objects.filter(invitee=invitee_id).first()
        locked = lock_users(invitee_id, seen.inviter_id) if seen else {}
        referral = Referral.objects.filter(invitee=invitee_id, inviter__in=locked).first()
        if referral is None:  # voided, perhaps, while this transaction waited for the locks
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
