"""System checks for settings that cannot work."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from referral.people import test_numbers
from referral.sign_in.takeover_bound import best_attack
from referral.sms.countries import EVERYWHERE
from referral.text import invite_codes, sign_in_codes

LARGEST_BUDGET = 100
LARGEST_PROBABILITY = 0.002  # of a takeover, per number and day

REGIONS_HINT = "Use two-letter ISO 3166-1 codes in capitals, such as RU."


@register
def valid_test_numbers(**_: Any) -> Sequence[CheckMessage]:
    """TEST_NUMBERS can be parsed, and its codes are long enough."""
    try:
        test_numbers.configured()
    except ImproperlyConfigured as error:
        hint = "Write number:code:date, such as +79990000001:31415926:2027-01-01, separated by commas."
        return [Error(str(error), hint=hint, id="referral.E008")]
    return []


@register
def budgets(**_: Any) -> Sequence[CheckMessage]:
    """The budgets are positive, small enough to search for the best attack, and keep takeovers improbable."""
    policy = settings.SIGN_IN_POLICY
    sends, hourly = ([each.count for each in limits] for limits in (policy.sends, policy.hourly))
    searched = [policy.guesses_per_code, policy.guarded_from, policy.wrong_guesses.count, *sends]
    positive = [*searched, *hourly, policy.service_sends or 1]
    shortest, longest = sign_in_codes.SHORTEST, sign_in_codes.LONGEST
    if shortest <= policy.code_length <= longest and min(positive) >= 1 and max(searched) <= LARGEST_BUDGET:
        return _takeovers()
    hint = (
        f"Codes have {shortest} to {longest} digits, a number's budgets are 1 to {LARGEST_BUDGET}, "
        "and all other budgets are positive."
    )
    return [Error("The sign-in policy is out of range.", hint=hint, id="referral.E004")]


def _takeovers() -> Sequence[CheckMessage]:
    probability = best_attack().probability
    if probability <= LARGEST_PROBABILITY:
        return []
    message = f"The probability of a takeover is {probability:.2%} a day for one number."
    hint = f"The maximum is {LARGEST_PROBABILITY:.1%}: lower the budgets. See manage.py takeover_bound."
    return [Error(message, hint=hint, id="referral.E005")]


@register
def redis_url(**_: Any) -> Sequence[CheckMessage]:
    """REDIS_URL, if set, is a Redis URL."""
    try:
        parts = urlsplit(settings.REDIS_URL)
        if parts.scheme in {"", "redis", "rediss", "redis+unix"} and parts.port != 0:
            return []
    except ValueError:  # the port is not a number
        pass
    return [Error("REDIS_URL is not a Redis URL.", hint="Use redis://localhost:6379/0.", id="referral.E003")]


@register
def invite_code_length(**_: Any) -> Sequence[CheckMessage]:
    """INVITE_CODE_LENGTH is a length that fits the column and is accepted when entered."""
    if settings.INVITE_CODE_LENGTH in invite_codes.LENGTHS:
        return []
    hint = f"Use {invite_codes.LENGTHS[0]} to {invite_codes.LENGTHS[-1]}."
    return [Error("INVITE_CODE_LENGTH is out of range.", hint=hint, id="referral.E009")]


@register
def regions(**_: Any) -> Sequence[CheckMessage]:
    """PHONE_REGION and SMS_COUNTRIES name known countries."""
    countries = [country for country in settings.SMS_COUNTRIES if country != EVERYWHERE]
    named = {"PHONE_REGION": [settings.PHONE_REGION], "SMS_COUNTRIES": countries}
    return [
        Error(f"{setting}: unknown country {region!r}.", hint=REGIONS_HINT, id="referral.E002")
        for setting, regions in named.items()
        for region in regions
        if region not in phonenumbers.SUPPORTED_REGIONS
    ]
