from __future__ import annotations

from typing import ClassVar

from django.db import models

from referral.models.fields import PhoneField


class SignInEvent(models.Model):
    """An entry in the sign-in log of a number. Written once by `referral/events.py`, never changed."""

    class Kind(models.TextChoices):
        CODE_SENT = "code sent"
        DELIVERY_FAILED = "delivery failed"
        WRONG_CODE = "wrong code"
        SIGNED_IN = "signed in"
        OLD_REFRESH_TOKEN = "old refresh token used"  # noqa: S105, a name
        SESSION_ENDED = "session ended"
        NUMBER_UNLOCKED = "number unlocked"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    phone = PhoneField("phone number", max_length=16)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="signinevent_of_number", fields=["phone", "-created_at"]),
            models.Index(name="signinevent_oldest_first", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.created_at:%Y-%m-%d %H:%M} UTC"
