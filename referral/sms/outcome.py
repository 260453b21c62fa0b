from enum import Enum, auto


class Outcome(Enum):
    """What became of a text at the gateway."""

    TAKEN = auto()
    REFUSED = auto()
    """Surely not sent and not billed."""
    UNKNOWN = auto()
    """No clear answer: it may arrive, and be billed."""
