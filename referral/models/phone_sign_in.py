from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from referral.models.fields import InstantsField


class PhoneSignIn(models.Model):
    """All that is remembered of signing in with one phone number: one row to lock, nothing to count.

    Keyed by the number's hash, so the table holds no numbers and outlives an erased account. The
    rules over it are pure functions in `referral/sign_in_codes.py`.
    """

    phone_hash = models.CharField(max_length=64, primary_key=True)

    # The live code, or all null.
    code_mac = models.CharField(max_length=64, null=True)  # noqa: DJ001, null with the rest of the code
    code_salt = models.CharField(max_length=32, null=True)  # noqa: DJ001
    code_length = models.PositiveSmallIntegerField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)

    # Instants, oldest first, never more than the largest budget over them.
    sends = InstantsField(default=list)
    sends_given_back = InstantsField(default=list)
    failures = InstantsField(default=list)

    cooldown_waived = models.BooleanField(default=False)
    consecutive_failures = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="phonesignin_code_all_or_nothing",
                condition=Q(
                    code_mac__isnull=True,
                    code_salt__isnull=True,
                    code_length__isnull=True,
                    code_expires_at__isnull=True,
                    code_attempts=0,
                )
                | Q(
                    code_mac__isnull=False,
                    code_salt__isnull=False,
                    code_length__isnull=False,
                    code_expires_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="phonesignin_attempts_are_failures",
                condition=Q(code_attempts__lte=F("consecutive_failures")),
            ),
        ]

    def __str__(self) -> str:
        return self.phone_hash
