"""Instants in answers."""

from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)


def up_to_the_second(instant: datetime) -> datetime:
    """The instant, rounded up to a whole second.

    Microseconds would tell a stranger exactly when the owner of a number asked for a code. Rounded up, so
    that whoever waits until then waits long enough.
    """
    whole = instant.replace(microsecond=0)
    return whole if whole == instant else whole + SECOND
