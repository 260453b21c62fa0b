from django.db import models


class ServiceDay(models.Model):
    """Counters over all numbers for one UTC day; see `referral/sign_in/daily_ceilings.py`."""

    day = models.DateField(primary_key=True)
    sends = models.PositiveIntegerField(default=0, db_default=0)
    wrong_guesses = models.PositiveIntegerField(default=0, db_default=0, db_column="failures")

    def __str__(self) -> str:
        return str(self.day)
