"""Globally unique ids, as in Relay's object identification: base64 of the type name and the id."""

from uuid import UUID

import strawberry
from strawberry.relay import from_base64, to_base64


def encode(type_name: str, id_: UUID) -> strawberry.ID:
    """The id that clients see."""
    return strawberry.ID(to_base64(type_name, id_))


def decode(type_name: str, text: str) -> UUID | None:
    """The UUID in an id that `encode` made for this type; None for any other text."""
    try:
        name, id_ = from_base64(text)
        return UUID(id_) if name == type_name else None
    except ValueError:
        return None
