"""Ranks: only superusers touch the accounts, numbers, sessions and referrals of staff."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from referral.models import User

Row = TypeVar("Row", bound=Model)


def outranks(request: Any, user: User) -> bool:
    """Whether the request's user may change a user."""
    return bool(request.user.is_superuser or not (user.is_staff or user.is_superuser))


def below(request: Any, rows: QuerySet[Row], *paths: str) -> QuerySet[Row]:
    """Those rows whose users at `paths` ("" is the row, "invitee__" its invitee) may be changed."""
    return rows if request.user.is_superuser else rows.exclude(_are_staff(paths))


def numbers_below(request: Any, phones: Iterable[str]) -> set[str]:
    """Those phone numbers (E.164) that may be unlocked. Numbers without an account may."""
    numbers = set(phones)
    if request.user.is_superuser:
        return numbers
    staff = User.objects.filter(_are_staff([""]), phone__in=numbers)
    return numbers - set(staff.values_list("phone", flat=True))


def _are_staff(paths: Iterable[str]) -> Q:
    return reduce(or_, [Q((path + rank, True)) for path in paths for rank in ("is_staff", "is_superuser")])
