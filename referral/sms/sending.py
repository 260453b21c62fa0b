"""Sending a text through the gateways of SMS_URL, within one deadline."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

from django.conf import settings

from referral.sms.gateway import Gateway, gateways
from referral.sms.outcome import Outcome, Report
from referral.telemetry import metrics

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """What one gateway did, and how many seconds it took."""

    gateway: str
    report: Report
    seconds: float


def send(number: str, text: str) -> Outcome:
    """Send a text to an E.164 number through the first gateway that accepts it, within SMS_TIMEOUT seconds.

    REFUSED means that every gateway refused it. If one of them gave no clear answer, it is UNKNOWN.
    """
    outcome = Outcome.REFUSED
    for attempt in attempts(number, text):
        if attempt.report.outcome is Outcome.TAKEN:
            return Outcome.TAKEN
        if attempt.report.outcome is Outcome.UNKNOWN:
            outcome = Outcome.UNKNOWN
        logger.warning("%s did not take a text: %s", attempt.gateway, attempt.report.reason)
    return outcome


def attempts(number: str, text: str) -> Iterator[Attempt]:
    """Try the gateways in order until one takes the text. One that hangs leaves time for the others."""
    left = list(gateways().items())  # builds them at first use, before the deadline is set
    deadline = time.monotonic() + settings.SMS_TIMEOUT
    while left:
        (name, gateway), *left = left
        started = time.monotonic()
        report = _within((deadline - started) / (1 + len(left)), gateway, number, text)
        metrics.texts.labels(name, report.outcome.name).inc()
        yield Attempt(name, report, time.monotonic() - started)
        if report.outcome is Outcome.TAKEN:
            return


def _within(seconds: float, gateway: Gateway, number: str, text: str) -> Report:
    """What a gateway reports in time. Runs in a thread, as no client library has an overall deadline."""
    reports: list[Report] = []
    thread = Thread(target=lambda: reports.append(_try(gateway, number, text)), daemon=True)
    thread.start()
    thread.join(seconds)
    return reports[0] if reports else Report(Outcome.UNKNOWN, f"no answer within {seconds:.1f} s")


def _try(gateway: Gateway, number: str, text: str) -> Report:
    try:
        return gateway.send(number, text)
    except Exception as error:  # noqa: BLE001, a bug in a gateway
        # Only the class: the message and the traceback may contain the code.
        return Report(Outcome.UNKNOWN, f"it raised {type(error).__name__}")
