"""The forms that change a user or a password."""

from typing import Any, ClassVar

from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.core.exceptions import PermissionDenied, ValidationError

from referral import accounts


class UserForm(UserChangeForm):  # type: ignore[type-arg]  # generic in the stubs only
    """An erased user stays disabled, and is not staff."""

    class Meta(UserChangeForm.Meta):
        help_texts: ClassVar = {"is_active": "Unticking it ends every session and removes the password."}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.phone is None:
            for field in {"is_active", "is_staff", "is_superuser"}.intersection(self.changed_data):
                self.add_error(field, ValidationError("This account is erased."))
        return cleaned


class _Replacing:
    """Saves the password alone, and only if the user was not disabled or demoted while it was hashed."""

    def set_password_and_save(self, user: Any, *args: Any, commit: bool = True, **options: Any) -> Any:
        before = user.password
        user = super().set_password_and_save(user, *args, commit=False, **options)  # type: ignore[misc]
        if not accounts.replace_password(user, before):
            raise PermissionDenied
        return user


class PasswordForm(_Replacing, AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A superuser sets a password for a user."""


class OwnPasswordForm(_Replacing, OwnPasswordChangeForm):
    """Staff change their own password."""
