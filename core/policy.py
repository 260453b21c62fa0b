"""The budgets of sign-in, from the environment. `manage.py takeover_bound` says what they are worth."""

from datetime import timedelta

from core.environment import env_str
from referral.policy import DAY, Policy
from referral.windows import Limit

HOUR = timedelta(hours=1)
DEFAULT = Policy()


def configuration() -> Policy:
    """Django's SIGN_IN_POLICY. Raises ValueError where a variable is no number."""
    code_length = _number("CODE_LENGTH", DEFAULT.code_length)
    per_hour, per_day = DEFAULT.sends
    return Policy(
        code_length=code_length,
        guarded_length=max(code_length, DEFAULT.guarded_length),
        locked_length=max(code_length, DEFAULT.locked_length),
        attempts=_number("GUESSES_PER_CODE", DEFAULT.attempts),
        sends=(
            Limit(_number("CODES_PER_HOUR", per_hour.count), HOUR),
            Limit(_number("CODES_PER_DAY", per_day.count), DAY),
        ),
        failures=Limit(_number("GUESSES_PER_DAY", DEFAULT.failures.count), DAY),
        guarded_from=_number("SHORT_GUESSES_PER_DAY", DEFAULT.guarded_from),
        service_failures=_number("SERVICE_GUESSES_PER_DAY", DEFAULT.service_failures),
        service_sends=_number("SMS_PER_DAY", 0) or None,
        address_sends=Limit(_number("ADDRESS_CODES_PER_HOUR", DEFAULT.address_sends.count), HOUR),
        address_failures=Limit(_number("ADDRESS_GUESSES_PER_HOUR", DEFAULT.address_failures.count), HOUR),
    )


def _number(name: str, default: int) -> int:
    return int(env_str(name, str(default)))
