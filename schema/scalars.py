"""Custom scalars, for output only: arguments are strings, which the domain parses."""

from collections.abc import Mapping
from datetime import datetime
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

PhoneNumber = NewType("PhoneNumber", str)

SCALARS: Mapping[object, ScalarDefinition] = {
    PhoneNumber: strawberry.scalar(
        name="PhoneNumber", description="A phone number in E.164, such as +79110000000."
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in ISO 8601, UTC.",
        serialize=datetime.isoformat,
        parse_value=datetime.fromisoformat,
    ),
}
