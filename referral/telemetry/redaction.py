"""What a log may say of phone numbers and of texts that a client chose."""

import re

NUMBER = re.compile(r"\d(?:[ ().+-]*\d){3,}")


def mask(number: str) -> str:
    """A phone number without its middle digits, such as +7911*****00."""
    return number[:5] + "*" * (len(number) - 7) + number[-2:]


def without_numbers(text: str) -> str:
    """A client's text, such as a path, without digits that may be a phone number or a code."""
    return NUMBER.sub("#", text)
