from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils import timezone

from referral import sign_in
from referral.admin.rank import numbers_below
from referral.admin.read_only import ReadOnlyAdmin
from referral.admin.search import number_in
from referral.models import SignInEvent


def unlock(request: Any, phones: Iterable[str]) -> None:
    """Unlock those phone numbers (E.164) that the request's user may, and show how many."""
    numbers = sorted(numbers_below(request, phones))
    for phone in numbers:
        sign_in.unlock(phone=phone, now=timezone.now())
    messages.success(request, f"Numbers unlocked: {len(numbers)}.")


@admin.register(SignInEvent)
class SignInEventAdmin(ReadOnlyAdmin):
    """The sign-in log. Searches by whole phone number or IP address."""

    list_display = ("created_at", "kind", "phone", "ip_address", "user_agent")
    list_filter = ("kind", "created_at")
    lookups = ("kind__exact", "created_at__gte", "created_at__lt")
    ordering = ("-created_at",)
    search_fields: ClassVar = ["phone"]
    actions = ("unlock",)

    def has_unlock_permission(self, request: Any) -> bool:
        """Unlocking requires the permission to change users, because it resets a number's protection."""
        return bool(request.user.has_perm("referral.change_user"))

    @admin.action(description="Unlock the numbers of the selected events", permissions=["unlock"])
    def unlock(self, request: Any, chosen: QuerySet[SignInEvent]) -> None:
        """Clear the send and guess history of these numbers."""
        unlock(request, set(chosen.values_list("phone", flat=True)))

    def get_search_results(
        self, request: Any, queryset: QuerySet[SignInEvent], search_term: str
    ) -> tuple[QuerySet[SignInEvent], bool]:
        if not search_term:
            return queryset, False
        if number := number_in(search_term):
            return queryset.filter(phone=number), False
        return (
            queryset.filter(ip_address=search_term) if _is_address(search_term) else queryset.none()
        ), False


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
