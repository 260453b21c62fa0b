from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The wiring as a Django application: it has system checks."""

    name = "core"

    def ready(self) -> None:
        """Register the checks."""
        from core import checks  # noqa: F401, PLC0415, needs the settings
