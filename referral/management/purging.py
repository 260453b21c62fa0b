"""Deletes rows that are over from tables that are in use: in batches, each in a transaction of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Purge(Generic[Row]):
    """What to delete from one table.

    The walk sees every row of `rows`, and not only those that are over: where few are, a statement that
    searches for the next of them would read the whole table, and reach the statement timeout.
    """

    name: str
    rows: QuerySet[Row]
    """In the order of an index, with no more than the columns that `over` needs."""
    after: Callable[[Row], Q]
    """The rows that come after this one."""
    over: Callable[[Row], bool]
    """Whether a row can be deleted."""


@dataclass
class Tally:
    """How many rows were deleted, and how many were left because another transaction used them."""

    deleted: int = 0
    in_use: int = 0

    def add(self, other: "Tally") -> None:
        self.deleted += other.deleted
        self.in_use += other.in_use


def batches(purge: Purge[Any], size: int) -> Iterator[Tally]:
    """Delete what is over, in transactions of at most `size` rows. Yields the tally of each batch."""
    rows = purge.rows
    while batch := list(rows[:size]):
        over = [row.pk for row in batch if purge.over(row)]
        yield _delete(purge, over) if over else Tally()
        rows = purge.rows.filter(purge.after(batch[-1]))


def by_primary_key(row: Model) -> Q:
    """The rows after this one in the order of the primary key."""
    return Q(pk__gt=row.pk)


def every(row: Model) -> bool:
    """For a table of which `rows` selects what is over."""
    return True


def _delete(purge: Purge[Any], over: list[Any]) -> Tally:
    """Delete rows that are still over. Does not wait for a row that another transaction has locked."""
    with transaction.atomic():
        locked = list(purge.rows.filter(pk__in=over).select_for_update(skip_locked=True))
        gone = [row.pk for row in locked if purge.over(row)]
        deleted, _ = purge.rows.filter(pk__in=gone).delete()
    return Tally(deleted, len(over) - len(locked))
