from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError

from referral.accounts.data_export import export
from referral.refusals import InvalidPhone
from referral.text import phone_numbers

ENCODER = DjangoJSONEncoder(ensure_ascii=False)


class Command(BaseCommand):
    """Prints everything stored about a number, with or without an account, while it reads it."""

    help = "Print everything stored about a phone number, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone", help="in any spelling")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = phone_numbers.parse(options["phone"])
        except InvalidPhone:
            raise CommandError("This is not a mobile phone number.") from None
        try:
            for piece in pieces(export(number)):
                self.stdout.write(piece, ending="")
        except DatabaseError as error:
            raise CommandError(f"The export is incomplete: {error}") from error
        self.stdout.write()


def pieces(value: Any) -> Iterator[str]:
    """JSON, piece by piece: a dict's entries and an iterator's items stand on lines of their own."""
    if isinstance(value, Iterator):
        yield from _lines("[]", ([ENCODER.encode(item)] for item in value))
    elif isinstance(value, dict):
        entries = value.items()
        yield from _lines(
            "{}", (chain([f"{ENCODER.encode(name)}: "], pieces(held)) for name, held in entries)
        )
    else:
        yield ENCODER.encode(value)


def _lines(brackets: str, items: Iterable[Iterable[str]]) -> Iterator[str]:
    between = "\n"
    yield brackets[0]
    for item in items:
        yield between
        yield from item
        between = ",\n"
    yield "\n" + brackets[1]
