"""Sliding windows over a short list of instants: every budget of a phone number is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most `count` events in any stretch of time as long as `window`."""

    count: int
    window: timedelta


def retry_at(instants: Sequence[datetime], limits: Iterable[Limit], now: datetime) -> datetime | None:
    """When the next event fits every limit (UTC), or None if that is now. `instants`: oldest first."""
    waits = [instants[-limit.count] + limit.window for limit in limits if len(instants) >= limit.count]
    latest = max(waits, default=now)
    return latest if latest > now else None


def recent(instants: Sequence[datetime], window: timedelta, now: datetime) -> int:
    """How many instants lie within the window that ends now."""
    return sum(instant + window > now for instant in instants)


def remember(instants: Sequence[datetime], now: datetime, limits: Iterable[Limit]) -> list[datetime]:
    """The list with `now` added in its place, cut to the most that any of the limits looks at."""
    # In its place: who waited longer for the row's lock may have looked at the clock earlier.
    return sorted([*instants, now])[-max(limit.count for limit in limits) :]
