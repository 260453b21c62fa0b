"""Finding users by a phone number in any spelling, or by an invite code."""

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from referral.refusals import InvalidPhone
from referral.text import invite_codes, phone_numbers

Row = TypeVar("Row", bound=Model)


def exactly(text: str, *paths: str) -> Q | None:
    """A condition for the users at `paths` (such as "invitee__") named by the text; None if it names none."""
    named = {"phone": number_in(text), "invite_code": invite_codes.normalise(text)}
    conditions = [Q((path + field, value)) for field, value in named.items() if value for path in paths]
    return reduce(or_, conditions) if conditions else None


def only_exactly(rows: QuerySet[Row], text: str, *paths: str) -> tuple[QuerySet[Row], bool]:
    """The result of `get_search_results` for pages that search only whole numbers and codes."""
    if not text:
        return rows, False
    named = exactly(text, *paths)
    return (rows.filter(named) if named else rows.none()), False


def number_in(text: str) -> str | None:
    """The text as an E.164 number; None if it is not a phone number."""
    try:
        return phone_numbers.parse(text)
    except InvalidPhone:
        return None
