from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet

from referral.admin.read_only import ReadOnlyAdmin
from referral.admin.search import only_exactly
from referral.models import Referral


@admin.register(Referral)
class ReferralAdmin(ReadOnlyAdmin):
    """Who brought whom. Found by either user's whole phone number or invite code."""

    list_display = ("created_at", "invitee__phone", "inviter__phone", "code")
    list_select_related = ("invitee", "inviter")
    fields = ("created_at", "invitee", "inviter", "code")
    ordering = ("-created_at",)
    search_fields: ClassVar = ["code"]

    def get_search_results(
        self, request: Any, queryset: QuerySet[Referral], search_term: str
    ) -> tuple[QuerySet[Referral], bool]:
        return only_exactly(queryset, search_term, "invitee__", "inviter__")
