"""The gateways named by SMS_URL."""

from functools import cache
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from referral.sms.console import ConsoleGateway
from referral.sms.exolve import ExolveGateway
from referral.sms.memory import MemoryGateway
from referral.sms.outcome import Report


class Gateway(Protocol):
    """Sends texts to phones. Reports a failure as the outcome, without raising."""

    def send(self, number: str, text: str) -> Report:
        """Send a text to an E.164 number. May take seconds: hold no database connection meanwhile."""
        ...


SIMULATIONS = {"console", "memory"}


def gateways() -> dict[str, Gateway]:
    """The gateways of SMS_URL, in order, by names that are safe to log.

    Raises ImproperlyConfigured for an invalid URL, without quoting it: it may contain a key.
    """
    return _from_urls(settings.SMS_URL)


def is_simulated() -> bool:
    """Whether every gateway is a simulation, so that no text reaches a phone or costs money."""
    return _are_simulations(settings.SMS_URL)


@cache
def _are_simulations(urls: str) -> bool:
    return all(_scheme(url) in SIMULATIONS for url in urls.split())


@cache
def _from_urls(urls: str) -> dict[str, Gateway]:
    numbered = enumerate(urls.split(), start=1)
    return {f"{_scheme(url)} ({place})": _from_url(url) for place, url in numbered}


def _from_url(url: str) -> Gateway:
    match _scheme(url):
        case "console":
            delay = parse_qs(urlsplit(url).query).get("delay", ["1-2"])[-1]
            return ConsoleGateway(delay)
        case "memory":
            return MemoryGateway()
        case "exolve":
            return ExolveGateway(url)
        case "":
            raise ImproperlyConfigured("SMS_URL: this is not a URL.")
        case _:
            from referral.sms.provider import ProviderGateway  # noqa: PLC0415, slow to import

            return ProviderGateway(url)


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower() if "://" in url else ""
