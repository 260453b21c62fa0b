"""The sign-in policy, from the environment. `manage.py takeover_bound` shows how secure it is."""

from core.environment import env_str
from referral.budgets.policy import DAY, HOUR, Policy
from referral.budgets.windows import Limit

DEFAULT = Policy()


def configuration() -> Policy:
    """The SIGN_IN_POLICY setting. Raises ValueError if a variable is not a number."""
    code_length = _number("CODE_LENGTH", DEFAULT.code_length)
    per_hour, per_day = DEFAULT.sends
    return Policy(
        code_length=code_length,
        guarded_length=max(code_length, DEFAULT.guarded_length),
        locked_length=max(code_length, DEFAULT.locked_length),
        guesses_per_code=_number("GUESSES_PER_CODE", DEFAULT.guesses_per_code),
        sends=(
            _hourly("CODES_PER_HOUR", per_hour),
            Limit(_number("CODES_PER_DAY", per_day.count), DAY),
        ),
        wrong_guesses=Limit(_number("GUESSES_PER_DAY", DEFAULT.wrong_guesses.count), DAY),
        guarded_from=_number("SHORT_GUESSES_PER_DAY", DEFAULT.guarded_from),
        service_wrong_guesses=_number("SERVICE_GUESSES_PER_DAY", DEFAULT.service_wrong_guesses),
        service_sends=_number("SMS_PER_DAY", 0) or None,
        client_code_requests=_hourly("ADDRESS_CODES_PER_HOUR", DEFAULT.client_code_requests),
        client_wrong_guesses=_hourly("ADDRESS_GUESSES_PER_HOUR", DEFAULT.client_wrong_guesses),
        network_code_requests=_hourly("NETWORK_CODES_PER_HOUR", DEFAULT.network_code_requests),
        network_wrong_guesses=_hourly("NETWORK_GUESSES_PER_HOUR", DEFAULT.network_wrong_guesses),
    )


def _hourly(name: str, default: Limit) -> Limit:
    return Limit(_number(name, default.count), HOUR)


def _number(name: str, default: int) -> int:
    return int(env_str(name, str(default)))
