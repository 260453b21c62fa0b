"""memory://, for tests: texts are kept, and the next outcomes can be laid down in advance."""

from collections import deque

from referral.sms.outcome import Outcome, Report


class MemoryGateway:
    """`outbox` holds (number, text) in order; `outcomes` are given out first, then everything is taken."""

    def __init__(self) -> None:
        self.outbox: list[tuple[str, str]] = []
        self.outcomes: deque[Outcome] = deque()

    def send(self, number: str, text: str) -> Report:
        self.outbox.append((number, text))
        return Report(self.outcomes.popleft() if self.outcomes else Outcome.TAKEN)
