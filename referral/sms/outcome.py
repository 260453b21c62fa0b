from dataclasses import dataclass
from enum import Enum, auto


class Outcome(Enum):
    """What became of a text at a gateway."""

    TAKEN = auto()
    REFUSED = auto()
    """Surely not sent and not billed."""
    UNKNOWN = auto()
    """No clear answer: it may arrive, and be billed."""


@dataclass(frozen=True)
class Report:
    """An outcome and, for the operator, why: without keys, codes and numbers."""

    outcome: Outcome
    reason: str = ""


TAKEN = Report(Outcome.TAKEN)
