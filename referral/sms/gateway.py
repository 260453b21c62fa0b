"""Which gateway is in use."""

from functools import cache
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from referral.sms.console import ConsoleGateway
from referral.sms.memory import MemoryGateway
from referral.sms.outcome import Outcome


class Gateway(Protocol):
    """Whoever takes texts for phones. What went wrong is the outcome, not an exception."""

    def send(self, number: str, text: str) -> Outcome:
        """Hand a text for an E.164 number to the network. May take seconds: hold nothing meanwhile."""
        ...


SIMULATIONS = {"console", "memory"}


def is_simulated() -> bool:
    """Whether texts reach nobody and cost nothing."""
    return urlsplit(settings.SMS_URL).scheme in SIMULATIONS


def gateway() -> Gateway:
    """The gateway that SMS_URL names. Raises ImproperlyConfigured for a URL that names none."""
    return _from_url(settings.SMS_URL)


@cache
def _from_url(url: str) -> Gateway:
    parts = urlsplit(url)
    match parts.scheme:
        case "console":
            delay = parse_qs(parts.query).get("delay", ["1-2"])[-1]
            return ConsoleGateway(delay)
        case "memory":
            return MemoryGateway()
        case scheme:
            # Not the URL: it may carry a provider's key.
            raise ImproperlyConfigured(f"SMS_URL: there is no gateway {scheme!r}, only console and memory.")
