from typing import Any

from referral.admin.safe_list import SafeListAdmin


class ReadOnlyAdmin(SafeListAdmin):
    """View-only pages. Only domain code writes these rows."""

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
