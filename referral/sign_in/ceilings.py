"""Ceilings for the whole service: on wrong guesses per UTC day, and on texts per UTC day and hour."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, When

from referral.models import ServiceDay
from referral.refusals import RateLimited
from referral.storage.compiled_reads import CompiledQuery
from referral.telemetry import metrics

logger = logging.getLogger(__name__)

COUNT_WRONG_GUESS = """
    INSERT INTO referral_serviceday (day, failures) VALUES (%(day)s, 1)
    ON CONFLICT (day) DO UPDATE SET failures = referral_serviceday.failures + 1
"""
# Returns no row if a ceiling is reached. A server whose clock is behind counts into the newer hour.
COUNT_SEND = """
    INSERT INTO referral_serviceday AS today (day, sends, hour, hour_sends) VALUES (%(day)s, 1, %(hour)s, 1)
    ON CONFLICT (day) DO UPDATE SET
        sends = today.sends + 1,
        hour_sends = CASE WHEN today.hour < excluded.hour THEN 1 ELSE today.hour_sends + 1 END,
        hour = CASE WHEN today.hour < excluded.hour THEN excluded.hour ELSE today.hour END
    WHERE today.sends < %(a_day)s AND (today.hour < excluded.hour OR today.hour_sends < %(an_hour)s)
    RETURNING sends, hour_sends
"""


def is_guarded(now: datetime) -> bool:
    """Whether today's wrong guesses have reached the ceiling, so that short codes are not valid."""
    count = _wrong_guesses.value(day=_day(now)) or 0
    return bool(count >= settings.SIGN_IN_POLICY.service_wrong_guesses)


def count_wrong_guess(now: datetime) -> None:
    """Count a wrong guess. Call it after the commit: inside, guesses would wait for each other."""
    metrics.wrong_guesses.inc()
    _run(COUNT_WRONG_GUESS, day=str(_day(now)))


def spend_send(now: datetime) -> None:
    """Count a text, as the last statement before the commit.

    Raises RateLimited until the next hour or until midnight (UTC).
    """
    policy = settings.SIGN_IN_POLICY
    a_day, an_hour = policy.service_sends, policy.service_sends_an_hour
    if a_day is None or an_hour is None:
        return
    counted = _run(COUNT_SEND, day=str(_day(now)), hour=_hour(now), a_day=a_day, an_hour=an_hour)
    if counted is None:
        raise _refusal(now, a_day)
    sends, hour_sends = counted
    _log_progress(sends, hour_sends, a_day, an_hour)


def give_back_send(sent_at: datetime) -> None:
    """Uncount a text that the gateway refused. Call it after the commit."""
    if settings.SIGN_IN_POLICY.service_sends is None:
        return
    same_hour = When(hour=_hour(sent_at), hour_sends__gt=0, then=F("hour_sends") - 1)
    day = ServiceDay.objects.filter(day=_day(sent_at), sends__gt=0)
    day.update(
        sends=F("sends") - 1, hour_sends=Case(same_hour, default=F("hour_sends"), output_field=IntegerField())
    )


def _refusal(now: datetime, a_day: int) -> RateLimited:
    is_day = ServiceDay.objects.get(day=_day(now)).sends >= a_day
    metrics.limits_hit.labels("texts a day" if is_day else "texts an hour").inc()
    return RateLimited(_midnight(now) if is_day else _next_hour(now))


def _log_progress(sends: int, hour_sends: int, a_day: int, an_hour: int) -> None:
    if sends == a_day:
        logger.error("SMS_PER_DAY is used up: no codes are sent until midnight UTC.")
    elif sends * 2 in {a_day, a_day + 1}:
        logger.error("Half of SMS_PER_DAY is used up.")
    if hour_sends == an_hour and sends < a_day:
        logger.error("%s texts were sent in this hour: no codes are sent until the next.", an_hour)


@CompiledQuery
def _wrong_guesses(day: date) -> QuerySet[ServiceDay, Any]:
    return ServiceDay.objects.filter(day=day).values_list("wrong_guesses")


def _run(statement: str, **values: Any) -> tuple[int, ...] | None:
    """The row that a statement returns, if any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _hour(now: datetime) -> int:
    return now.astimezone(UTC).hour


def _next_hour(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(_day(now) + timedelta(days=1), time(), UTC)
