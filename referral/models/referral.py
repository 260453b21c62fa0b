from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from referral.models.user import User


class Referral(models.Model):
    """Who invited whom. The primary key forbids a second inviter. Only `referral/invites/` writes here."""

    invitee = models.OneToOneField(
        User, primary_key=True, on_delete=models.PROTECT, related_name="referral_as_invitee"
    )
    inviter = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="referrals_as_inviter", db_index=False
    )
    code = models.CharField("invite code, as activated", max_length=16)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="referral_not_oneself", condition=~Q(invitee=F("inviter")))
        ]
        indexes: ClassVar = [
            models.Index(name="referral_newest_first", fields=["inviter", "created_at", "invitee"])
        ]

    def __str__(self) -> str:
        return f"{self.invitee_id} by {self.inviter_id}"
