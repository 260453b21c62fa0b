"""Any other SMS_URL: a provider of apprise, with {phone} for the recipient in the URL."""

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
    """A logging filter that drops all, as apprise logs texts and numbers. The thread keeps warnings."""
    if record.levelno >= logging.WARNING:
        heard.lines = [*getattr(heard, "lines", []), record.getMessage()]
    return False


logging.getLogger("apprise").addFilter(keep)


class ProviderGateway:
    """Calls plugins directly: `Apprise.notify` sends through a few threads shared by the whole process."""

    def __init__(self, url: str) -> None:
        self.url = url
        if PLACE not in url:
            raise ImproperlyConfigured("SMS_URL: {phone}, the place of the recipient, is missing.")
        if self._plugin(EXAMPLE) is None:
            raise ImproperlyConfigured("SMS_URL: no provider of apprise accepts this URL.")

    def send(self, number: str, text: str) -> Report:
        """Refused if every HTTP request was. Unknown without any, as a plugin may use another protocol."""
        plugin = self._plugin(number)
        if plugin is None:
            return Report(Outcome.REFUSED, "it does not accept this number")
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
