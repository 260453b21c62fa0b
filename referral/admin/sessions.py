from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils import timezone

from referral import sessions
from referral.admin.rank import below
from referral.admin.read_only import ReadOnlyAdmin
from referral.admin.search import only_exactly
from referral.models import Session


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is signed in with which client. Searches by the user's whole phone number or invite code."""

    list_display = ("created_at", "user__phone", "last_used_at", "ended_at", "ip_address")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    lookups = ("ended_at__isempty",)
    list_select_related = ("user",)
    fields = ("id", "user", "created_at", "last_used_at", "ip_address", "user_agent", "ended_at")
    ordering = ("-created_at",)
    search_fields: ClassVar = ["user"]
    actions = ("end",)

    def has_end_permission(self, request: Any) -> bool:
        """Ending a session requires the change permission."""
        return bool(request.user.has_perm("referral.change_session"))

    @admin.action(description="End the selected sessions", permissions=["end"])
    def end(self, request: Any, chosen: QuerySet[Session]) -> None:
        """End sessions immediately. Only superusers end those of staff."""
        now, chosen = timezone.now(), below(request, chosen, "user__")
        ended = sum(sessions.end(session_id=each.id, user_id=each.user_id, now=now) for each in chosen)
        messages.success(request, f"Sessions ended: {ended}.")

    def get_search_results(
        self, request: Any, queryset: QuerySet[Session], search_term: str
    ) -> tuple[QuerySet[Session], bool]:
        return only_exactly(queryset, search_term, "user__")
