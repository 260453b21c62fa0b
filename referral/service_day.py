"""Ceilings over the whole service in a UTC day: on wrong guesses, and on texts that somebody pays for."""

import logging
from datetime import UTC, date, datetime, time, timedelta

from referral import metrics
from referral.models import ServiceDay
from referral.policy import policy
from referral.refusals import RateLimited

logger = logging.getLogger(__name__)


def is_guarded(now: datetime) -> bool:
    """Whether so many guesses were wrong today that no short code is good until midnight."""
    return ServiceDay.objects.failures(_day(now)) >= policy().service_failures


def count_failure(now: datetime) -> None:
    """Count a wrong guess, after its commit: inside, every guess would wait for every other."""
    metrics.wrong_guesses.inc()
    ServiceDay.objects.count_failure(_day(now))


def spend_send(now: datetime) -> RateLimited | None:
    """Count a text, as the last thing before the commit; or refuse it until midnight (UTC)."""
    ceiling = policy().service_sends
    if ceiling is None:
        return None
    today = ServiceDay.objects.count_send(_day(now), ceiling)
    if today is None:
        metrics.limits_hit.labels("texts a day").inc()
        return RateLimited(_midnight(now))
    if today.sends == ceiling:
        logger.error("SMS_PER_DAY is used up: until midnight UTC no code is sent to anybody.")
    elif today.sends * 2 in {ceiling, ceiling + 1}:
        logger.error("Half of SMS_PER_DAY is used up.")
    return None


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _midnight(now: datetime) -> datetime:
    return datetime.combine(_day(now) + timedelta(days=1), time(), UTC)
