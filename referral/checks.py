"""Settings that cannot work, said when a command starts instead of to the first visitor."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from referral.sms.gateway import gateway

REGIONS_HINT = "Use two capital letters of ISO 3166-1, such as RU."


@register
def sms_url(**_: Any) -> Sequence[CheckMessage]:
    """SMS_URL names a gateway."""
    try:
        gateway()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Use console:// to print codes.", id="referral.E001")]
    return []


@register
def redis_url(**_: Any) -> Sequence[CheckMessage]:
    """REDIS_URL, if there is one, is a Redis."""
    if urlsplit(settings.REDIS_URL).scheme in {"", "redis", "rediss", "redis+unix"}:
        return []
    return [Error("REDIS_URL is no Redis.", hint="Such as redis://localhost:6379/0.", id="referral.E003")]


@register
def regions(**_: Any) -> Sequence[CheckMessage]:
    """PHONE_REGION and SMS_COUNTRIES name countries that have phone numbers."""
    named = {"PHONE_REGION": [settings.PHONE_REGION], "SMS_COUNTRIES": settings.SMS_COUNTRIES}
    return [
        Error(f"{setting}: there is no country {region!r}.", hint=REGIONS_HINT, id="referral.E002")
        for setting, regions in named.items()
        for region in regions
        if region not in phonenumbers.SUPPORTED_REGIONS
    ]
