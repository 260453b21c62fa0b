"""memory://, for tests: keeps the texts, and returns outcomes set in advance."""

from collections import deque

from referral.sms.outcome import Outcome, Report


class MemoryGateway:
    """`outbox` holds (number, text) in order. Sends return `outcomes` in order, and then TAKEN."""

    def __init__(self) -> None:
        self.outbox: list[tuple[str, str]] = []
        self.outcomes: deque[Outcome] = deque()

    def send(self, number: str, text: str) -> Report:
        self.outbox.append((number, text))
        return Report(self.outcomes.popleft() if self.outcomes else Outcome.TAKEN)
