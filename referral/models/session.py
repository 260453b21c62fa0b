from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from referral.models.user import User


class Session(models.Model):
    """One sign-in with one client. No token is stored: tokens name the session and one of its counters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    refresh_counter = models.PositiveIntegerField(default=1)
    confirmed_counter = models.PositiveIntegerField(default=1)
    confirmed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    user_agent = models.CharField(max_length=256, blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # A rotation confirms the previous counter, so only the newest can be unconfirmed.
            models.CheckConstraint(
                name="session_at_most_newest_unconfirmed",
                condition=Q(confirmed_counter=F("refresh_counter"))
                | Q(confirmed_counter=F("refresh_counter") - 1),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="session_live", fields=["user", "-created_at"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
