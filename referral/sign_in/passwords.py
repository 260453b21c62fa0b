"""Passwords of staff, who sign in to the admin: how often one may be tried."""

from referral import crypto
from referral.budgets.budget import passwords
from referral.client import Client
from referral.refusals import InvalidPhone
from referral.telemetry import log_context
from referral.text import phone_numbers


def spend_password(*, phone: str, client: Client) -> None:
    """Count a password tried for a number in any spelling. Raises RateLimited if it must not be compared."""
    for budget in passwords(client, _phone_hash(phone)):
        budget.spend()


def _phone_hash(phone: str) -> str | None:
    try:
        number = phone_numbers.parse(phone)
    except InvalidPhone:
        return None
    log_context.add_phone(number)
    return crypto.phone_hash(number)
