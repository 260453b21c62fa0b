"""Sliding windows over a short list of instants. Each budget of a phone number is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most `count` events in any period of length `window`."""

    count: int
    window: timedelta


def retry_at(instants: Sequence[datetime], limit: Limit, now: datetime) -> datetime | None:
    """When the next event fits the limit (UTC), or None if it fits now. `instants`: oldest first."""
    if len(instants) < limit.count:
        return None
    instant = instants[-limit.count] + limit.window
    return instant if instant > now else None


def recent(instants: Sequence[datetime], window: timedelta, now: datetime) -> int:
    """How many instants lie within the window that ends now."""
    return len([instant for instant in instants if instant + window > now])


def remember(instants: Sequence[datetime], now: datetime, limits: Iterable[Limit]) -> list[datetime]:
    """The list with `now` inserted in order, cut to the length that the largest limit needs."""
    # Sorted, because a request that waited longer for the row's lock may have read the clock earlier.
    return sorted([*instants, now])[-max([limit.count for limit in limits]) :]
