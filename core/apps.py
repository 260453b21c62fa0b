from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CoreConfig(AppConfig):
    """The wiring as a Django application: it has system checks."""

    name = "core"

    def ready(self) -> None:
        """Register the checks."""
        from core import checks  # noqa: F401, PLC0415, needs the settings


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, behind our sign-in form."""

    default_site = "core.admin_site.AdminSite"
