"""Ids that are unique over all types, as Relay's object identification has them: base64 of type and id."""

from uuid import UUID

import strawberry
from strawberry.relay import from_base64, to_base64


def encode(type_name: str, id_: UUID) -> strawberry.ID:
    """The id that clients see."""
    return strawberry.ID(to_base64(type_name, id_))


def decode(type_name: str, text: str) -> UUID | None:
    """The id behind a text that `encode` made for this type; None for any other text."""
    try:
        name, id_ = from_base64(text)
        return UUID(id_) if name == type_name else None
    except ValueError:
        return None
