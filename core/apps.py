from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps


class CoreConfig(AppConfig):
    """The wiring as a Django application: it has system checks, and tells how large the pool may grow."""

    name = "core"

    def ready(self) -> None:
        """Register the checks, and tell the size of the pool, where there is one."""
        from core import checks  # noqa: F401, PLC0415, needs the settings

        options = settings.DATABASES["default"].get("POOL_OPTIONS")
        if options:
            from core.postgresql import gauges  # noqa: PLC0415, not on SQLite

            gauges.AT_MOST.set(options["POOL_SIZE"])


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our sign-in form."""

    default_site = "core.admin_site.AdminSite"
