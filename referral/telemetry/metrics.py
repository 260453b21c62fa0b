"""Prometheus counters of the domain. Labels never contain text from clients."""

from prometheus_client import Counter

texts = Counter("referral_sms", "Texts given to a gateway, by gateway and outcome.", ["gateway", "outcome"])
wrong_guesses = Counter(
    "referral_wrong_guesses", "Wrong guesses at sign-in codes, as counted for SERVICE_GUESSES_PER_DAY."
)
limits_hit = Counter("referral_limits_hit", "Refusals because a budget was used up, by budget.", ["limit"])
