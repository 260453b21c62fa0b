from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from referral.models.fields import PhoneField
from referral.refusals import InvalidPhone
from referral.telemetry.log_context import mask
from referral.text import invite_codes, phone_numbers


class UserManager(BaseUserManager["User"]):
    """Finds and creates users for Django's commands and admin. Signing in uses `referral/people/users.py`."""

    def create_superuser(self, phone: str, password: str | None = None, **fields: Any) -> User:
        """Called by `createsuperuser`. Accepts `phone` in any spelling; raises InvalidPhone."""
        user = self.model(phone=phone_numbers.parse(phone), is_staff=True, is_superuser=True, **fields)
        user.invite_code = invite_codes.draw()
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with a phone number as typed into a sign-in form. Raises DoesNotExist."""
        try:
            return self.get(phone=phone_numbers.parse(username or ""))
        except InvalidPhone:
            raise self.model.DoesNotExist from None


class User(AbstractBaseUser, PermissionsMixin):
    """The holder of a verified phone number. An erased account has no number and is inactive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone = PhoneField("phone number", max_length=16, unique=True, null=True)
    invite_code = models.CharField(max_length=16, unique=True)  # see INVITE_CODE_LENGTH
    invited_count = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_phone_is_e164",
                condition=Q(phone__isnull=True) | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
            ),
            models.CheckConstraint(
                name="user_invite_code_alphabet",
                condition=Q(invite_code__regex=rf"^[{invite_codes.ALPHABET}]+$"),
            ),
            models.CheckConstraint(
                name="user_active_has_phone",
                condition=Q(is_active=False) | Q(phone__isnull=False),
            ),
        ]

    @property
    def activated_code(self) -> str | None:
        """The invite code that the user activated, if any."""
        referral = getattr(self, "referral_as_invitee", None)
        return referral.code if referral else None

    def __str__(self) -> str:
        return mask(self.phone) if self.phone else "erased"
