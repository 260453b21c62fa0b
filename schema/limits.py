"""What an address or a user may do in an hour. The budgets of phone numbers are the domain's own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from referral import rate_limits
from referral.fixed_codes import is_test_number
from referral.policy import policy
from referral.refusals import RateLimited, Refusal
from referral.windows import Limit
from schema import client


@dataclass(frozen=True)
class Budget:
    """How often one kind of thing may happen to one address or user; as often as it likes to nobody."""

    limit: Limit
    kind: str
    whose: str | None

    def spend(self) -> None:
        """Count one more. Raises RateLimited where it is one too many."""
        if self.whose and (retry_at := rate_limits.spend(self.limit, self.kind, self.whose)):
            raise RateLimited(retry_at)

    def require(self) -> None:
        """Raise RateLimited where one more would be too many."""
        if self.whose and (retry_at := rate_limits.used_up(self.limit, self.kind, self.whose)):
            raise RateLimited(retry_at)


def address_of(request: HttpRequest, phone: str | None = None) -> str | None:
    """Whose budgets a request spends; nobody's, if it is about a test number."""
    return None if is_test_number(phone, timezone.now()) else client.network(request)


def code_requests(address: str | None) -> Budget:
    """Requests for a code, from one address."""
    return Budget(policy().address_sends, "code requests", address)


def wrong_codes(address: str | None) -> Budget:
    """Wrong guesses at sign-in codes, from one address."""
    return Budget(policy().address_failures, "wrong codes", address)


def bad_refresh_tokens(address: str | None) -> Budget:
    """Refresh tokens that start nothing, from one address."""
    return Budget(policy().address_failures, "bad refresh tokens", address)


def wrong_invite_codes(address: str | None, user_id: UUID | None) -> list[Budget]:
    """Invite codes that nobody has: from one address, and from one user if it is known which."""
    whose = str(user_id) if user_id else None
    return [
        Budget(policy().address_failures, "wrong invite codes", address),
        Budget(policy().invite_failures, "wrong invite codes", whose),
    ]


@contextmanager
def charged(*budgets: Budget, for_: type[Refusal]) -> Iterator[None]:
    """Let something happen only within its budgets, and charge them if it ends in this refusal."""
    if refused := refusal(*budgets):
        raise refused
    try:
        yield
    except for_:
        charge(*budgets)
        raise


def refusal(*budgets: Budget) -> RateLimited | None:
    """The refusal of the first budget that is used up, as a value."""
    try:
        for budget in budgets:
            budget.require()
    except RateLimited as refused:
        return refused
    return None


def charge(*budgets: Budget) -> None:
    """Count one more in every budget, though it may be one too many: it has happened."""
    for budget in budgets:
        with suppress(RateLimited):
            budget.spend()
