from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps


class CoreConfig(AppConfig):
    """The wiring as a Django application: it has system checks, and watches the pool of connections."""

    name = "core"

    def ready(self) -> None:
        """Register the checks, and listen to the pool before it opens anything."""
        from core import checks, pool_metrics  # noqa: F401, PLC0415, needs the settings

        options = settings.DATABASES["default"].get("POOL_OPTIONS")
        if options:
            pool_metrics.watch(options["POOL_SIZE"])


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, with our sign-in form."""

    default_site = "core.admin_site.AdminSite"
