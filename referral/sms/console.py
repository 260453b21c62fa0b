"""console://, a simulation: prints the text, after about as long as a real SMS takes."""

import random
import time

from django.core.exceptions import ImproperlyConfigured

from referral.sms.outcome import TAKEN, Report


class ConsoleGateway:
    """Prints each text after a random delay. `delay` is a range in seconds, such as "1-2"."""

    def __init__(self, delay: str) -> None:
        try:
            self.shortest, self.longest = map(float, delay.split("-"))
        except ValueError:
            raise ImproperlyConfigured("SMS_URL: delay is a range in seconds, such as 1-2.") from None

    def send(self, number: str, text: str) -> Report:
        time.sleep(random.uniform(self.shortest, self.longest))  # noqa: S311, not a secret
        print(f"SMS to {number}: {text}", flush=True)  # noqa: T201, printing is what this gateway is for
        return TAKEN
