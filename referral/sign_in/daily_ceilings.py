"""Ceilings for the whole service per UTC day: on wrong guesses, and on texts sent."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from referral.models import ServiceDay
from referral.refusals import RateLimited
from referral.storage.compiled_reads import CompiledQuery
from referral.telemetry import metrics

logger = logging.getLogger(__name__)

# Returns no row if the ceiling is reached.
COUNT = """
    INSERT INTO referral_serviceday (day, {column}) VALUES (%s, 1)
    ON CONFLICT (day) DO UPDATE SET {column} = referral_serviceday.{column} + 1
    WHERE referral_serviceday.{column} < %s
    RETURNING {column}
"""
UNLIMITED = 2**31 - 1  # the maximum of the column


def is_guarded(now: datetime) -> bool:
    """Whether today's wrong guesses have reached the ceiling, so that short codes are not valid."""
    count = _wrong_guesses.value(day=_day(now)) or 0
    return bool(count >= settings.SIGN_IN_POLICY.service_wrong_guesses)


def count_wrong_guess(now: datetime) -> None:
    """Count a wrong guess. Call it after the commit: inside, guesses would wait for each other."""
    metrics.wrong_guesses.inc()
    _count("failures", now, UNLIMITED)


def spend_send(now: datetime) -> None:
    """Count a text, as the last statement before the commit. Raises RateLimited until midnight (UTC)."""
    ceiling = settings.SIGN_IN_POLICY.service_sends
    if ceiling is None:
        return
    sends = _count("sends", now, ceiling)
    if sends is None:
        metrics.limits_hit.labels("texts a day").inc()
        raise RateLimited(_midnight(now))
    if sends == ceiling:
        logger.error("SMS_PER_DAY is used up: no codes are sent until midnight UTC.")
    elif sends * 2 in {ceiling, ceiling + 1}:
        logger.error("Half of SMS_PER_DAY is used up.")


@CompiledQuery
def _wrong_guesses(day: date) -> QuerySet[ServiceDay, Any]:
    return ServiceDay.objects.filter(day=day).values_list("wrong_guesses")


def _count(column: str, now: datetime, ceiling: int) -> int | None:
    """Increment the day's column and return it; return None if it has already reached the ceiling."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(column=column), [str(_day(now)), ceiling])
        row = cursor.fetchone()
    return row[0] if row else None


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _midnight(now: datetime) -> datetime:
    return datetime.combine(_day(now) + timedelta(days=1), time(), UTC)
