from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the system checks."""

    name = "web"

    def ready(self) -> None:
        """Called by Django once the settings are loaded."""
        from web import checks  # noqa: F401, PLC0415, needs the settings
