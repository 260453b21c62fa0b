from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from referral import accounts, sessions
from referral.admin import panels
from referral.admin.confirmation import ask
from referral.admin.forms import PasswordForm, UserForm
from referral.admin.rank import below, outranks
from referral.admin.safe_list import SafeListAdmin
from referral.admin.search import exactly
from referral.admin.sign_in_events import unlock
from referral.models import User

FOR_SUPERUSERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(SafeListAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """A user with their inviter, invitees and sessions.

    Users are created by signing in, and the phone number identifies the account: it cannot be edited here.
    """

    form = UserForm
    change_password_form = PasswordForm
    list_display = ("phone", "invite_code", "invited_count", "created_at", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    lookups = ("is_active__exact", "is_staff__exact")
    ordering = ("-created_at",)
    search_fields: ClassVar = ["phone__contains", "invite_code__istartswith"]
    actions = ("end_sessions", "unlock", "erase")
    fieldsets = (
        (None, {"fields": ("phone", "invite_code", "created_at", "is_active")}),
        ("Invites", {"fields": ("inviter", "invited_count", "invitees")}),
        ("Sessions", {"fields": ("sessions",)}),
        ("Staff", {"classes": ["collapse"], "fields": ("password", "last_login", *FOR_SUPERUSERS)}),
    )
    readonly_fields = (
        *("phone", "invite_code", "created_at", "last_login"),
        *("inviter", "invited_count", "invitees", "sessions"),
    )

    def get_readonly_fields(self, request: Any, obj: User | None = None) -> tuple[str, ...]:
        """Only superusers assign staff rights."""
        fields = (*super().get_readonly_fields(request, obj),)
        return fields if request.user.is_superuser else (*fields, *FOR_SUPERUSERS)

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: User | None = None) -> bool:
        """Only superusers change staff. Otherwise staff could set a colleague's password and take over."""
        is_above = obj is not None and not outranks(request, obj)
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: Any, obj: User | None = None) -> bool:
        return False

    def get_search_results(
        self, request: Any, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """The user named by the text, or users whose number contains it or whose code starts with it."""
        named = exactly(search_term, "")
        if named and queryset.filter(named).exists():
            return queryset.filter(named), False
        return super().get_search_results(request, queryset, search_term)

    @admin.action(description="End every session of the selected users", permissions=["change"])
    def end_sessions(self, request: Any, chosen: QuerySet[User]) -> None:
        """End all sessions of these users immediately."""
        now = timezone.now()
        ended = sum(sessions.end_all(user_id=user.id, now=now) for user in below(request, chosen, ""))
        messages.success(request, f"Sessions ended: {ended}.")

    @admin.action(description="Unlock the numbers of the selected users", permissions=["change"])
    def unlock(self, request: Any, chosen: QuerySet[User]) -> None:
        """Clear the send and guess history of their numbers."""
        unlock(request, {user.phone for user in chosen if user.phone})

    def has_erase_permission(self, request: Any) -> bool:
        """Erasing requires the delete permission, which nothing else in the admin uses."""
        return bool(request.user.has_perm("referral.delete_user"))

    @admin.action(description="Erase the selected users", permissions=["erase"])
    def erase(self, request: Any, chosen: QuerySet[User]) -> Any:
        """Remove all personal data permanently, after a confirmation."""
        chosen = below(request, chosen, "")
        if "confirmed" not in request.POST:
            named = [(user.pk, user.phone or "erased") for user in chosen]
            return ask(self, request, "Erase these users permanently", named, forms.Form())
        erased = sum(accounts.erase(user.id) for user in chosen)
        messages.success(request, f"Users erased: {erased}.")
        return None

    def save_model(self, request: Any, obj: User, form: Any, change: bool) -> None:
        """Write only what the form changed: requests may change other columns at the same time."""
        if {"is_staff", "is_superuser"}.intersection(form.changed_data):
            accounts.set_rank(obj.id, is_staff=obj.is_staff, is_superuser=obj.is_superuser)
        if "is_active" in form.changed_data:
            if obj.is_active:
                accounts.enable(obj.id)
            else:
                accounts.disable(obj.id, now=timezone.now())

    def user_change_password(self, request: Any, id: str, form_url: str = "") -> Any:  # noqa: A002, Django's
        """Only superusers set passwords. A password set now would still work if its user became staff."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.display(description="invited by")
    def inviter(self, user: User) -> SafeString | None:
        return panels.inviter(user)

    @admin.display(description="newest invitees")
    def invitees(self, user: User) -> SafeString | None:
        return panels.invitees(user)

    @admin.display(description="newest sessions")
    def sessions(self, user: User) -> SafeString | None:
        return panels.sessions(user)
