from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import connection, models
from django.db.models import F

# One more, unless the ceiling is reached: then no row comes back.
COUNT = """
    INSERT INTO referral_serviceday (day, {counter}) VALUES (%s, 1)
    ON CONFLICT (day) DO UPDATE SET {counter} = referral_serviceday.{counter} + 1
    WHERE referral_serviceday.{counter} < %s
    RETURNING *
"""


class ServiceDayManager(models.Manager["ServiceDay"]):
    """Rows are counted on, in one statement each."""

    def count_send(self, day: date, ceiling: int) -> ServiceDay | None:
        """The day with one more text, or None if there have been as many as the ceiling says."""
        return next(iter(self.raw(COUNT.format(counter="sends"), [str(day), ceiling])), None)

    def failures(self, day: date) -> int:
        """Wrong guesses so far. Asked before every code and every guess, so without the ORM's work."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT failures FROM referral_serviceday WHERE day = %s", [str(day)])
            row = cursor.fetchone()
        return row[0] if row else 0

    def count_failure(self, day: date) -> None:
        """One more wrong guess."""
        if not self.filter(day=day).update(failures=F("failures") + 1):
            self.bulk_create([ServiceDay(day=day)], ignore_conflicts=True)
            self.filter(day=day).update(failures=F("failures") + 1)


class ServiceDay(models.Model):
    """What is counted over all numbers in one UTC day; the rules over it are in `referral/service_day.py`."""

    day = models.DateField(primary_key=True)
    sends = models.PositiveIntegerField(default=0, db_default=0)
    failures = models.PositiveIntegerField(default=0, db_default=0)

    objects: ClassVar[ServiceDayManager] = ServiceDayManager()

    def __str__(self) -> str:
        return str(self.day)
