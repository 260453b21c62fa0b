"""The largest values of the schema's leaf fields, in bytes of JSON, and the lengths of its lists.

The encoder writes a character that is not ASCII as six bytes, and one outside the basic plane as twelve.
"""

import json

from django.conf import settings
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLLeafType,
    IntValueNode,
    NullValueNode,
    ValueNode,
)

from referral.sessions import MOST_LIVE
from schema.types.invitee import LONGEST_LIST, PAGE

OF_TYPE = {
    "Boolean": len("false"),
    "Int": len("-2147483648"),
    "DateTime": len('"2026-03-01T12:00:00.000000+00:00"'),
    "PhoneNumber": len('"+123456789012345"'),
    "ID": 64,  # base64 of a type's name and a UUID
}
OF_FIELD = {
    "__typename": 64,
    "inviteCode": 18,
    "inviteLink": len(json.dumps(settings.PUBLIC_URL)) + len("/i/") + 16,
    "activatedCode": 18,
    "message": 1000,
    "userAgent": 256 * 12 + 2,  # old rows may hold any characters
    "ipAddress": 48,
    "accessToken": 600,
    "refreshToken": 130,
    "demoCode": 12,
    "cursor": 200,
    "startCursor": 200,
    "endCursor": 200,
}
LISTS = {
    "sessions": MOST_LIVE,
    "invitedPhones": LONGEST_LIST,
    "invitees": PAGE,  # a connection: its edges are so many
}


def bytes_of(field: str, type_: GraphQLLeafType) -> int:
    """The size of the field's largest value. Raises KeyError if it is not known."""
    if isinstance(type_, GraphQLEnumType):
        return max(map(len, type_.values)) + len('""')
    return OF_TYPE.get(type_.name) or OF_FIELD[field]


def items_of(field: FieldNode) -> int | None:
    """How many items a list or connection can have; None if it has neither arguments nor a number of its own.

    `first` or `last`, if the document has it as a number. If it is a variable, the most that is accepted.
    """
    arguments = (each for each in field.arguments if each.name.value in {"first", "last"})
    given = [_count(each.value) for each in arguments if not isinstance(each.value, NullValueNode)]
    return max(given, default=LISTS.get(field.name.value))


def _count(value: ValueNode) -> int:
    """The number of a literal. The longest list for a variable, and for a number that will be refused."""
    if not isinstance(value, IntValueNode) or len(value.value) > len(str(LONGEST_LIST)):
        return LONGEST_LIST
    return min(max(int(value.value), 1), LONGEST_LIST)
