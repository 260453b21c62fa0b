from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The domain as a Django application: it has the tables."""

    name = "referral"
