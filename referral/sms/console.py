"""console://, the simulation: the text on standard output, after as long as a real SMS takes."""

import random
import time

from django.core.exceptions import ImproperlyConfigured

from referral.sms.outcome import TAKEN, Report


class ConsoleGateway:
    """Prints each text after a random time between the two numbers of seconds of `delay`, such as "1-2"."""

    def __init__(self, delay: str) -> None:
        try:
            self.shortest, self.longest = map(float, delay.split("-"))
        except ValueError:
            raise ImproperlyConfigured("SMS_URL: delay is two numbers of seconds, such as 1-2.") from None

    def send(self, number: str, text: str) -> Report:
        time.sleep(random.uniform(self.shortest, self.longest))  # noqa: S311, a simulated wait is no secret
        print(f"SMS to {number}: {text}", flush=True)  # noqa: T201, printing is what this gateway is for
        return TAKEN
