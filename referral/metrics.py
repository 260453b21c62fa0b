"""What the domain counts for whoever watches over the service. No label is a text that a client chose."""

from prometheus_client import Counter

texts = Counter("referral_sms", "Texts handed to a gateway, by what became of them.", ["gateway", "outcome"])
wrong_guesses = Counter(
    "referral_wrong_guesses", "Wrong guesses at sign-in codes, as SERVICE_GUESSES_PER_DAY has them."
)
limits_hit = Counter(
    "referral_limits_hit", "What was asked for once too often, by the budget it exceeded.", ["limit"]
)
