"""The hourly budgets of clients and users: what is counted, for whom, and the refusal beyond it.

Phone numbers have budgets of their own in their rows (referral/sign_in/codes.py), the service has daily
ceilings (referral/sign_in/daily_ceilings.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from referral.budgets import rate_limits
from referral.budgets.windows import Limit
from referral.client import Client
from referral.refusals import RateLimited, Refusal
from referral.telemetry import metrics


@dataclass(frozen=True)
class Budget:
    """How often one kind of event may happen for one client, user or number. `whose=None` means unlimited."""

    name: str
    limit: Limit
    whose: str | None

    def spend(self) -> None:
        """Count one event. Raises RateLimited, uncounted, if it is one too many."""
        if self.whose and (retry_at := rate_limits.spend(self.limit, self.name, self.whose)):
            raise RateLimited(retry_at)

    def require(self) -> None:
        """Raise RateLimited if one more event would be too many. Counts nothing."""
        if self.whose and (retry_at := rate_limits.used_up(self.limit, self.name, self.whose)):
            raise RateLimited(retry_at)


def code_requests(client: Client) -> Budget:
    """Sign-in codes that a client asks for."""
    return Budget("code requests", settings.SIGN_IN_POLICY.client_code_requests, client.network)


def wrong_guesses(client: Client) -> Budget:
    """A client's wrong guesses at sign-in codes, over all numbers."""
    return Budget("wrong codes", settings.SIGN_IN_POLICY.client_wrong_guesses, client.network)


def bad_refresh_tokens(client: Client) -> Budget:
    """Refresh tokens of a client that are not good."""
    return Budget("bad refresh tokens", settings.SIGN_IN_POLICY.client_wrong_guesses, client.network)


def wrong_invite_codes(client: Client, user_id: UUID | None = None) -> list[Budget]:
    """Invite codes entered that do not exist: by a client and, if there is one yet, by a user."""
    policy, user = settings.SIGN_IN_POLICY, str(user_id) if user_id else None
    return [
        Budget("wrong invite codes", policy.client_wrong_guesses, client.network),
        Budget("wrong invite codes", policy.user_wrong_invite_codes, user),
    ]


def passwords(client: Client, phone_hash: str | None) -> list[Budget]:
    """Passwords tried at the admin's sign-in form: by a client, and for a number if it is one."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("admin address", policy.client_passwords, client.network),
        Budget("admin number", policy.number_passwords, phone_hash),
    ]


@contextmanager
def charged(*budgets: Budget, for_: type[Refusal]) -> Iterator[None]:
    """Require the budgets, run the block, and charge them if it raises this refusal."""
    for budget in budgets:
        budget.require()
    try:
        yield
    except for_:
        charge(*budgets)
        raise


def refusal(*budgets: Budget) -> RateLimited | None:
    """The refusal of the first budget that is used up, as a value; None if there is none."""
    try:
        for budget in budgets:
            budget.require()
    except RateLimited as refused:
        return refused
    return None


def charge(*budgets: Budget) -> None:
    """Count an event that has happened, even if it is one too many."""
    for budget in budgets:
        with suppress(RateLimited):
            budget.spend()


def require_no_wait(waits: list[tuple[datetime, str]]) -> None:
    """Raise RateLimited until the longest wait (UTC), if any. Each comes with the name of its budget."""
    if waits:
        instant, name = max(waits)
        metrics.limits_hit.labels(name).inc()
        raise RateLimited(instant)
