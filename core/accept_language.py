"""The language of an answer, by the Accept-Language header of the request."""

import math
import re
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_supported_language_variant

# A language range (RFC 4647), also in the spelling of locales: ru_RU.
RANGE = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,8}|\*")
UNREADABLE_WEIGHT = 0.0001  # below the smallest that RFC 9110 allows, 0.001


@lru_cache(maxsize=100)
def preferred(header: str) -> str:
    """The one of LANGUAGES that suits the header best (RFC 9110, section 12.5.4).

    Django's own function drops the whole header for one member that it cannot read. This drops the member.
    """
    for _, name in sorted(filter(None, map(_member, header.split(","))), key=lambda member: member[0]):
        try:
            return get_supported_language_variant(settings.LANGUAGE_CODE if name == "*" else name)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _member(text: str) -> tuple[tuple[float, bool], str] | None:
    """A member's place in the order of preference, and its language; None if it names none or excludes it."""
    name, *parameters = (part.strip() for part in text.split(";"))
    weight = _weight(parameters)
    if not RANGE.fullmatch(name) or weight == 0:
        return None
    return (-weight, name == "*"), name.replace("_", "-").lower()


def _weight(parameters: list[str]) -> float:
    """The value of `q`, 0 to 1: 1 without it, the smallest of all if it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return _number(value)
    return 1


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return UNREADABLE_WEIGHT
    return min(number, 1) if math.isfinite(number) and number >= 0 else UNREADABLE_WEIGHT
