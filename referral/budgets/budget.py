"""Hourly budgets per client and per user, and the refusal when one is used up.

Sign-in budgets of phone numbers are in referral/sign_in/codes.py, daily ceilings of the whole service in
referral/sign_in/daily_ceilings.py.
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
    """How often one kind of event may happen per client, user or number. `whose=None` means unlimited."""

    name: str
    limit: Limit
    whose: str | None

    def spend(self) -> None:
        """Count one event, or raise RateLimited without counting it if the budget is used up."""
        if self.whose and (retry_at := rate_limits.spend(self.limit, self.name, self.whose)):
            raise RateLimited(retry_at)

    def require(self) -> None:
        """Raise RateLimited if the budget is used up. Counts nothing."""
        if self.whose and (retry_at := rate_limits.used_up(self.limit, self.name, self.whose)):
            raise RateLimited(retry_at)


def code_requests(client: Client) -> Budget:
    """Sign-in codes requested by a client."""
    return Budget("code requests", settings.SIGN_IN_POLICY.client_code_requests, client.network)


def wrong_guesses(client: Client) -> Budget:
    """Wrong guesses at sign-in codes by a client, over all numbers."""
    return Budget("wrong codes", settings.SIGN_IN_POLICY.client_wrong_guesses, client.network)


def bad_refresh_tokens(client: Client) -> Budget:
    """Invalid refresh tokens sent by a client."""
    return Budget("bad refresh tokens", settings.SIGN_IN_POLICY.client_wrong_guesses, client.network)


def wrong_invite_codes(client: Client, user_id: UUID | None = None) -> list[Budget]:
    """Unknown invite codes entered by a client and, if the user is known, by a user."""
    policy, user = settings.SIGN_IN_POLICY, str(user_id) if user_id else None
    return [
        Budget("wrong invite codes", policy.client_wrong_guesses, client.network),
        Budget("wrong invite codes", policy.user_wrong_invite_codes, user),
    ]


def passwords(client: Client, phone_hash: str | None) -> list[Budget]:
    """Passwords entered in the admin's sign-in form: by a client, and for a number if it is valid."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("admin address", policy.client_passwords, client.network),
        Budget("admin number", policy.number_passwords, phone_hash),
    ]


@contextmanager
def charged(*budgets: Budget, for_: type[Refusal]) -> Iterator[None]:
    """Require the budgets, run the block, and charge them if it raises `for_`."""
    for budget in budgets:
        budget.require()
    try:
        yield
    except for_:
        charge(*budgets)
        raise


def refusal(*budgets: Budget) -> RateLimited | None:
    """The RateLimited of the first budget that is used up, returned rather than raised; None if none is."""
    try:
        for budget in budgets:
            budget.require()
    except RateLimited as refused:
        return refused
    return None


def charge(*budgets: Budget) -> None:
    """Count an event that has already happened. Never raises: a used-up budget is left as it is."""
    for budget in budgets:
        with suppress(RateLimited):
            budget.spend()


def require_no_wait(waits: list[tuple[datetime, str]]) -> None:
    """Raise RateLimited for the longest wait, if any. A wait is its end (UTC) and its budget's name."""
    if waits:
        instant, name = max(waits)
        metrics.limits_hit.labels(name).inc()
        raise RateLimited(instant)
