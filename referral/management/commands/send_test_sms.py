from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from referral.refusals import CountryNotAllowed, InvalidPhone
from referral.sms.countries import require_allowed_country
from referral.sms.outcome import Outcome
from referral.sms.sending import attempts
from referral.sms.text import sign_in_text
from referral.text import phone_numbers

CODE = "000000"  # like a real code, so that phones offer to fill it in; it is never valid
MEANS = {
    Outcome.TAKEN: "took the text",
    Outcome.REFUSED: "REFUSED: nothing was sent, and nothing should be billed",
    Outcome.UNKNOWN: "NO CLEAR ANSWER: the text may still arrive and be billed",
}


class Command(BaseCommand):
    """Sends a text through SMS_URL, like a sign-in, and reports the answer of each gateway."""

    help = "Send a test SMS to a phone number through the gateways of SMS_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone", help="in any spelling")

    def handle(self, *args: Any, **options: Any) -> None:
        number = self._number(options["phone"])
        taken = False
        for attempt in attempts(number, sign_in_text(CODE)):
            taken = attempt.report.outcome is Outcome.TAKEN
            means, reason = MEANS[attempt.report.outcome], attempt.report.reason
            self.stdout.write(f"{attempt.gateway}, {attempt.seconds:.1f} s: {means}")
            if reason:
                self.stdout.write(f"  because: {reason}")
        if not taken:
            raise CommandError("No gateway took the text. docs/sms.md explains the reasons.")
        self.stdout.write("Now look at the phone: a gateway can take a text and still fail to deliver it.")

    def _number(self, text: str) -> str:
        try:
            number = phone_numbers.parse(text)
            require_allowed_country(number)
        except InvalidPhone:
            raise CommandError("This is not a mobile phone number.") from None
        except CountryNotAllowed:
            raise CommandError("SMS_COUNTRIES does not allow the country of this number.") from None
        return number
