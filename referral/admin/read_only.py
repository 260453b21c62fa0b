from typing import Any

from django.contrib import admin
from django.db import DataError
from django.shortcuts import redirect


class SafeListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A list that accepts only the filters it offers, so hidden columns cannot be probed."""

    lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return lookup in self.lookups

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        """Drop all filters if a value does not fit its column."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, DataError):
            if request.method != "GET" or not request.GET:
                raise  # not caused by a filter
            return redirect(request.path)


class ReadOnlyAdmin(SafeListAdmin):
    """View-only pages. Only domain code writes these rows."""

    show_full_result_count = False

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
