from django.db import models


class ServiceDay(models.Model):
    """Counters over all numbers for one UTC day; see `referral/sign_in/ceilings.py`."""

    day = models.DateField(primary_key=True)
    sends = models.PositiveIntegerField(default=0, db_default=0)
    hour = models.PositiveSmallIntegerField(default=0, db_default=0)
    """The latest hour (UTC, 0 to 23) in which texts were counted, `hour_sends` of them."""
    hour_sends = models.PositiveIntegerField(default=0, db_default=0)
    wrong_guesses = models.PositiveIntegerField(default=0, db_default=0, db_column="failures")

    def __str__(self) -> str:
        return str(self.day)
