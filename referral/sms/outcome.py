from dataclasses import dataclass
from enum import Enum, auto


class Outcome(Enum):
    """What a gateway did with a text."""

    TAKEN = auto()
    REFUSED = auto()
    """Certainly not sent and not billed."""
    UNKNOWN = auto()
    """No clear answer: the text may arrive and be billed."""


@dataclass(frozen=True)
class Report:
    """An outcome and its reason, for the operator. The reason contains no keys, codes or phone numbers."""

    outcome: Outcome
    reason: str = ""


TAKEN = Report(Outcome.TAKEN)
