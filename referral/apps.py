from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The domain as a Django application: it has the tables and the system checks."""

    name = "referral"

    def ready(self) -> None:
        """Register the checks."""
        from referral import checks  # noqa: F401, PLC0415, needs the settings
        from referral.sms import checks as sms_checks  # noqa: F401, PLC0415
