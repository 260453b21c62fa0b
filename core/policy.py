"""The sign-in policy, from the environment. `manage.py takeover_bound` shows how secure it is."""

from core.environment import env_int
from referral.budgets.policy import DAY, HOUR, Policy
from referral.budgets.windows import Limit

DEFAULT = Policy()


def configuration() -> Policy:
    """The SIGN_IN_POLICY setting. Raises ImproperlyConfigured if a variable is not a number."""
    code_length = env_int("CODE_LENGTH", DEFAULT.code_length)
    per_hour, per_day = DEFAULT.sends
    return Policy(
        code_length=code_length,
        guarded_length=max(code_length, DEFAULT.guarded_length),
        locked_length=max(code_length, DEFAULT.locked_length),
        guesses_per_code=env_int("GUESSES_PER_CODE", DEFAULT.guesses_per_code),
        sends=(
            _hourly("CODES_PER_HOUR", per_hour),
            Limit(env_int("CODES_PER_DAY", per_day.count), DAY),
        ),
        wrong_guesses=Limit(env_int("GUESSES_PER_DAY", DEFAULT.wrong_guesses.count), DAY),
        guarded_from=env_int("SHORT_GUESSES_PER_DAY", DEFAULT.guarded_from),
        service_wrong_guesses=env_int("SERVICE_GUESSES_PER_DAY", DEFAULT.service_wrong_guesses),
        service_sends=env_int("SMS_PER_DAY", 0) or None,
        client_code_requests=_hourly("ADDRESS_CODES_PER_HOUR", DEFAULT.client_code_requests),
        client_wrong_guesses=_hourly("ADDRESS_GUESSES_PER_HOUR", DEFAULT.client_wrong_guesses),
        network_code_requests=_hourly("NETWORK_CODES_PER_HOUR", DEFAULT.network_code_requests),
        network_wrong_guesses=_hourly("NETWORK_GUESSES_PER_HOUR", DEFAULT.network_wrong_guesses),
    )


def _hourly(name: str, default: Limit) -> Limit:
    return Limit(env_int(name, default.count), HOUR)
