from typing import Any

from django.contrib import admin
from django.db import DataError
from django.shortcuts import redirect


class SafeListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A list that is filtered as its page offers and no further: hidden columns cannot be probed."""

    lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return lookup in self.lookups

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        """Without a filter whose value is none of its column's."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, DataError):
            if request.method != "GET" or not request.GET:
                raise  # no filter is to blame
            return redirect(request.path)


class ReadOnlyAdmin(SafeListAdmin):
    """Pages to look at. The rows are written by the acts of the domain alone."""

    show_full_result_count = False

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
