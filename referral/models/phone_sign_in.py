from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet

from referral.models.fields import InstantsField
from referral.storage.compiled_reads import CompiledQuery

# The update changes nothing. It locks an existing row and makes RETURNING return it.
INSERT_OR_LOCK = """
    INSERT INTO referral_phonesignin (phone_hash) VALUES (%s)
    ON CONFLICT (phone_hash) DO UPDATE SET phone_hash = excluded.phone_hash
    RETURNING {columns}
"""


# A migration adds rows of no number, which are locked in place of a row that does not exist: a commit that
# locked no row is 1.3 ms faster on PostgreSQL, which told whether a number had ever asked for a code. Their
# keys sort before every hash.
DECOY_PREFIX = "0" * 60
DECOYS = 1024


def decoy_of(phone_hash: str) -> str:
    """The key of the decoy for a number: always the same one, so that its lock is waited for alike."""
    return f"{DECOY_PREFIX}{int(phone_hash[:8], 16) % DECOYS:04}"


class PhoneSignInManager(models.Manager["PhoneSignIn"]):
    """Finds rows by the hash of a phone number, and creates them on demand."""

    def insert_or_lock(self, phone_hash: str) -> PhoneSignIn:
        """The number's row, created if missing, locked until the transaction ends. One statement."""
        (row,) = _every.returned_by(INSERT_OR_LOCK, [phone_hash])
        return row

    def of_numbers(self) -> QuerySet[PhoneSignIn]:
        """Every row but the decoys."""
        return self.exclude(phone_hash__startswith=DECOY_PREFIX)


class PhoneSignIn(models.Model):
    """Everything remembered about signing in with one phone number: one row to lock, nothing to count.

    Keyed by the number's hash, so it holds no number and can outlive an erased account. The rules are
    pure functions in `referral/sign_in/codes.py`.
    """

    phone_hash = models.CharField(max_length=64, primary_key=True)

    # The live code, or all null.
    code_mac = models.CharField(max_length=64, null=True)  # noqa: DJ001, null with the rest of the code
    code_salt = models.CharField(max_length=32, null=True)  # noqa: DJ001
    code_length = models.PositiveSmallIntegerField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_wrong_guesses = models.PositiveSmallIntegerField(default=0, db_default=0, db_column="code_attempts")

    # Oldest first, at most as many as the largest budget over them.
    sends = InstantsField(default=list, db_default=[])
    sends_given_back = InstantsField(default=list, db_default=[])
    wrong_guesses = InstantsField(default=list, db_default=[], db_column="failures")

    cooldown_waived = models.BooleanField(default=False, db_default=False)
    consecutive_wrong_guesses = models.PositiveIntegerField(
        default=0, db_default=0, db_column="consecutive_failures"
    )

    # Whether an erased account with this number was an invitee: a number can be invited only once.
    was_invitee = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[PhoneSignInManager] = PhoneSignInManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="phonesignin_code_all_or_nothing",
                condition=Q(
                    code_mac__isnull=True,
                    code_salt__isnull=True,
                    code_length__isnull=True,
                    code_expires_at__isnull=True,
                    code_wrong_guesses=0,
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
                condition=Q(code_wrong_guesses__lte=F("consecutive_wrong_guesses")),
            ),
        ]

    def __str__(self) -> str:
        return self.phone_hash


@CompiledQuery
def _every() -> QuerySet[PhoneSignIn]:
    return PhoneSignIn.objects.all()
