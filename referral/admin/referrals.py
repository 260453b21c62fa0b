from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils import timezone

from referral import invites
from referral.admin.confirmation import ask
from referral.admin.rank import below
from referral.admin.read_only import ReadOnlyAdmin
from referral.admin.search import only_exactly
from referral.models import Referral, ReferralVoid


class VoidForm(forms.Form):
    """Asks for the reason."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}))


@admin.register(Referral)
class ReferralAdmin(ReadOnlyAdmin):
    """Who invited whom. Searches by whole phone number or invite code of either user."""

    list_display = ("created_at", "invitee__phone", "inviter__phone", "code")
    list_select_related = ("invitee", "inviter")
    fields = ("created_at", "invitee", "inviter", "code")
    ordering = ("-created_at",)
    search_fields: ClassVar = ["code"]
    actions = ("void",)

    def has_void_permission(self, request: Any) -> bool:
        """Voiding requires the change permission."""
        return bool(request.user.has_perm("referral.change_referral"))

    @admin.action(description="Void the selected referrals", permissions=["void"])
    def void(self, request: Any, chosen: QuerySet[Referral]) -> Any:
        """Void referrals after asking for a reason. Only superusers void those of staff."""
        confirmed, chosen = "confirmed" in request.POST, below(request, chosen, "invitee__", "inviter__")
        form = VoidForm(request.POST if confirmed else None)
        if not (confirmed and form.is_valid()):
            named = [(each.pk, _name(each)) for each in chosen]
            return ask(self, request, "Void these referrals", named, form)
        reason, now = form.cleaned_data["reason"], timezone.now()
        voided = sum(
            invites.void(invitee_id=each.invitee_id, reason=reason, staff=request.user, now=now)
            for each in chosen
        )
        messages.success(request, f"Referrals voided: {voided}.")
        return None

    def get_search_results(
        self, request: Any, queryset: QuerySet[Referral], search_term: str
    ) -> tuple[QuerySet[Referral], bool]:
        return only_exactly(queryset, search_term, "invitee__", "inviter__")


def _name(referral: Referral) -> str:
    invitee, inviter = (user.phone or "erased" for user in (referral.invitee, referral.inviter))
    return f"{invitee}, invited by {inviter} with {referral.code}"


@admin.register(ReferralVoid)
class ReferralVoidAdmin(ReadOnlyAdmin):
    """Voided referrals, with the reason and the member of staff."""

    list_display = ("voided_at", "invitee__phone", "inviter__phone", "code", "reason", "staff__phone")
    list_select_related = ("invitee", "inviter", "staff")
    fields = ("voided_at", "invitee", "inviter", "code", "created_at", "reason", "staff")
    ordering = ("-voided_at",)
    search_fields: ClassVar = ["code"]

    def get_search_results(
        self, request: Any, queryset: QuerySet[ReferralVoid], search_term: str
    ) -> tuple[QuerySet[ReferralVoid], bool]:
        return only_exactly(queryset, search_term, "invitee__", "inviter__")
