from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The Django app of the domain: its models and system checks."""

    name = "referral"

    def ready(self) -> None:
        """Register the system checks."""
        from referral import checks  # noqa: F401, PLC0415, needs the settings
        from referral.sms import checks as sms_checks  # noqa: F401, PLC0415
