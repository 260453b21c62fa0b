"""Rate limits for passwords in the admin's sign-in form."""

from referral import crypto
from referral.budgets.budget import passwords, spend
from referral.client import Client
from referral.refusals import InvalidPhone
from referral.telemetry import log_context
from referral.text import phone_numbers


def spend_password(*, phone: str, client: Client) -> None:
    """Count a password entered for a number in any spelling. If it raises RateLimited, do not check it."""
    spend(*passwords(client, _phone_hash(phone)))


def _phone_hash(phone: str) -> str | None:
    try:
        number = phone_numbers.parse(phone)
    except InvalidPhone:
        return None
    log_context.add_phone(number)
    return crypto.phone_hash(number)
