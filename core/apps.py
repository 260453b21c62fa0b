from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps


class CoreConfig(AppConfig):
    """Registers the system checks, and sets the gauge of the pool's size."""

    name = "core"

    def ready(self) -> None:
        """Called by Django once the settings are loaded."""
        from core import checks  # noqa: F401, PLC0415, needs the settings

        options = settings.DATABASES["default"].get("POOL_OPTIONS")
        if options:
            from core.postgresql import gauges  # noqa: PLC0415, not on SQLite

            gauges.AT_MOST.set(options["POOL_SIZE"])


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our sign-in form."""

    default_site = "core.admin_site.AdminSite"
