"""Every other SMS_URL: one of apprise's providers, with the recipient as {phone} in its URL."""

import logging
from threading import local
from urllib.parse import quote

import apprise
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from referral.sms.outcome import TAKEN, Outcome, Report
from referral.telemetry.log_context import without_numbers

PLACE = "{phone}"
EXAMPLE = "+79110000000"
# What apprise's plugins log when they did not hear of a text any more; anything else was an answer.
NO_ANSWER = "A Connection error"

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
        plugin = self._plugin(number)
        heard.lines = []
        if plugin is not None and plugin.notify(body=text):
            return TAKEN
        reason = without_numbers(" ".join(heard.lines)) or "no reason was given"
        unclear = any(line.startswith(NO_ANSWER) for line in heard.lines)
        return Report(Outcome.UNKNOWN if unclear else Outcome.REFUSED, reason)

    def _plugin(self, number: str) -> apprise.NotifyBase | None:
        plugin = apprise.Apprise.instantiate(self.url.replace(PLACE, quote(number, safe="")))
        if isinstance(plugin, apprise.NotifyBase):
            plugin.socket_connect_timeout = plugin.socket_read_timeout = settings.SMS_TIMEOUT
            return plugin
        return None
