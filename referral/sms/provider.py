"""Every other SMS_URL: one of apprise's providers, with the recipient as {phone} in its URL."""

import logging
from threading import local
from urllib.parse import quote

import apprise
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from referral.sms.exchanges import outcomes
from referral.sms.outcome import TAKEN, Outcome, Report
from referral.telemetry.log_context import without_numbers

PLACE = "{phone}"
EXAMPLE = "+79110000000"

heard = local()


def keep(record: logging.LogRecord) -> bool:
    """A logging filter that lets nothing out, as apprise logs texts and numbers: the thread keeps it."""
    if record.levelno >= logging.WARNING:
        heard.lines = [*getattr(heard, "lines", []), record.getMessage()]
    return False


logging.getLogger("apprise").addFilter(keep)


class ProviderGateway:
    """Never through `Apprise.notify`, whose pool of a few threads all texts of the process would share."""

    def __init__(self, url: str) -> None:
        self.url = url
        if PLACE not in url:
            raise ImproperlyConfigured("SMS_URL: the recipient's place, {phone}, is missing.")
        if self._plugin(EXAMPLE) is None:
            raise ImproperlyConfigured("SMS_URL: no provider of apprise can read this URL.")

    def send(self, number: str, text: str) -> Report:
        """Refused is what every request of the plugin was; one that made none may have sent it otherwise."""
        plugin = self._plugin(number)
        if plugin is None:
            return Report(Outcome.REFUSED, "it cannot send to such a number")
        heard.lines = []
        with outcomes() as seen:
            if plugin.notify(body=text):
                return TAKEN
        reason = without_numbers(" ".join(heard.lines)) or "no reason was given"
        return Report(Outcome.REFUSED if set(seen) == {Outcome.REFUSED} else Outcome.UNKNOWN, reason)

    def _plugin(self, number: str) -> apprise.NotifyBase | None:
        plugin = apprise.Apprise.instantiate(self.url.replace(PLACE, quote(number, safe="")))
        if isinstance(plugin, apprise.NotifyBase):
            plugin.socket_connect_timeout = plugin.socket_read_timeout = settings.SMS_TIMEOUT
            return plugin
        return None
