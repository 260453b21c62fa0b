"""Hourly budgets per client and per user, and the refusal when one is used up.

Sign-in budgets of phone numbers are in referral/sign_in/codes.py, ceilings of the whole service in
referral/sign_in/ceilings.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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
        if self.whose and (retry_at := rate_limits.spend(self.limit, self._key)):
            metrics.limits_hit.labels(self.name).inc()
            raise RateLimited(retry_at)

    def give_back(self) -> None:
        """Forget an event that was counted."""
        if self.whose:
            rate_limits.give_back(self.limit, self._key)

    @property
    def _key(self) -> str:
        return f"{self.name}/{self.whose}"


def code_requests(client: Client) -> list[Budget]:
    """Sign-in codes requested by a client, and by its network."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("code requests", policy.client_code_requests, client.subscriber),
        Budget("code requests of a network", policy.network_code_requests, client.network),
    ]


def wrong_guesses(client: Client) -> list[Budget]:
    """Wrong guesses at sign-in codes by a client, over all numbers, and by its network."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("wrong codes", policy.client_wrong_guesses, client.subscriber),
        Budget("wrong codes of a network", policy.network_wrong_guesses, client.network),
    ]


def looks(client: Client) -> Budget:
    """Answers to a client that tell whether a number has a live code, but cost no guess."""
    return Budget("looks at codes", settings.SIGN_IN_POLICY.client_wrong_guesses, client.subscriber)


def bad_refresh_tokens(client: Client) -> Budget:
    """Invalid refresh tokens sent by a client."""
    return Budget("bad refresh tokens", settings.SIGN_IN_POLICY.client_wrong_guesses, client.subscriber)


def wrong_invite_codes(client: Client) -> Budget:
    """Unknown invite codes entered by a client."""
    return Budget("wrong invite codes", settings.SIGN_IN_POLICY.client_wrong_guesses, client.subscriber)


def wrong_invite_codes_of(user_id: UUID) -> Budget:
    """Unknown invite codes entered by a user."""
    return Budget("wrong invite codes", settings.SIGN_IN_POLICY.user_wrong_invite_codes, str(user_id))


def hidden_profiles(client: Client, user_id: UUID) -> list[Budget]:
    """Numbers looked up by a client and by a user that have no account, or one that they may not see."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("hidden profiles", policy.client_wrong_guesses, client.subscriber),
        Budget("hidden profiles", policy.user_hidden_profiles, str(user_id)),
    ]


def passwords(client: Client, phone_hash: str | None) -> list[Budget]:
    """Passwords entered in the admin's sign-in form: by a client, for a number if it is valid, and by all."""
    policy = settings.SIGN_IN_POLICY
    return [
        Budget("admin address", policy.client_passwords, client.subscriber),
        Budget("admin number", policy.number_passwords, phone_hash),
        Budget("admin ceiling", policy.service_passwords, "all"),
    ]


def spend(*budgets: Budget) -> None:
    """Count one event in every budget, or raise RateLimited and count it in none."""
    for position, budget in enumerate(budgets):
        try:
            budget.spend()
        except RateLimited:
            give_back(*budgets[:position])
            raise


def give_back(*budgets: Budget) -> None:
    """Forget an event that was counted in every budget."""
    for budget in budgets:
        budget.give_back()


@dataclass
class Reservation:
    """Budgets that are spent while a block runs, and after it if `kept`. `refused`: one is used up."""

    refused: RateLimited | None = None
    kept: bool = False

    def require(self) -> None:
        """Raise RateLimited if one is used up."""
        if self.refused:
            raise RateLimited(self.refused.retry_at)


@contextmanager
def reserved(*budgets: Budget) -> Iterator[Reservation]:
    """Spend the budgets, run the block, and give them back unless it sets `kept`. Never raises RateLimited.

    They are spent first because many requests at once would otherwise all find something left.
    """
    reservation = Reservation()
    try:
        spend(*budgets)
    except RateLimited as refused:
        reservation.refused, budgets = refused, ()
    try:
        yield reservation
    finally:
        if not reservation.kept:
            give_back(*budgets)


@contextmanager
def charged(*budgets: Budget, for_: type[Refusal]) -> Iterator[None]:
    """Run the block, and charge the budgets if it raises `for_`. Raises RateLimited if one is used up."""
    with reserved(*budgets) as reservation:
        reservation.require()
        try:
            yield
        except for_:
            reservation.kept = True
            raise


def require_no_wait(waits: list[tuple[datetime, str]]) -> None:
    """Raise RateLimited for the longest wait, if any. A wait is its end (UTC) and its budget's name."""
    if waits:
        instant, name = max(waits)
        metrics.limits_hit.labels(name).inc()
        raise RateLimited(instant)
