import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from referral.accounts.data_export import export
from referral.refusals import InvalidPhone
from referral.text import phone_numbers


class Command(BaseCommand):
    """Prints everything stored about a number, with or without an account."""

    help = "Print everything stored about a phone number, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone", help="in any spelling")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            held = export(phone_numbers.parse(options["phone"]))
        except InvalidPhone:
            raise CommandError("This is not a mobile phone number.") from None
        self.stdout.write(json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
