"""Finding users by what a caller reads out: a phone number in any spelling, or an invite code."""

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from referral.refusals import InvalidPhone
from referral.text import invite_codes, phone_numbers

Row = TypeVar("Row", bound=Model)


def exactly(text: str, *paths: str) -> Q | None:
    """Matches the users at these paths, such as "invitee__", that the text names; None if it names none."""
    named = {"phone": number_in(text), "invite_code": invite_codes.normalise(text)}
    conditions = [Q((path + field, value)) for field, value in named.items() if value for path in paths]
    return reduce(or_, conditions) if conditions else None


def only_exactly(rows: QuerySet[Row], text: str, *paths: str) -> tuple[QuerySet[Row], bool]:
    """What `get_search_results` answers where nothing but a whole number or code is looked for."""
    if not text:
        return rows, False
    named = exactly(text, *paths)
    return (rows.filter(named) if named else rows.none()), False


def number_in(text: str) -> str | None:
    """The phone number that the text is in any spelling, in E.164; or None."""
    try:
        return phone_numbers.parse(text)
    except InvalidPhone:
        return None
