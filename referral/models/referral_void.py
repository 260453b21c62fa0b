from __future__ import annotations

from typing import ClassVar

from django.db import models

from referral.models.user import User


class ReferralVoid(models.Model):
    """A referral that staff voided, and why. Written once by `referral/invites/voiding.py`."""

    id = models.BigAutoField(primary_key=True)
    invitee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="voids_as_invitee")
    inviter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="voids_as_inviter")
    code = models.CharField("invite code, as activated", max_length=16)
    created_at = models.DateTimeField("activated at")
    reason = models.TextField()
    staff = models.ForeignKey(User, on_delete=models.PROTECT, related_name="voids_as_staff")
    voided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="referralvoid_has_reason", condition=~models.Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.invitee_id} by {self.inviter_id}, void"
