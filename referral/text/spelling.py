"""Normalises typed and pasted text to ASCII."""

import unicodedata

# No typed phone number or code is longer. Longer text is ignored.
LONGEST = 40


def fold(text: str) -> str:
    """Replace digits of any script, dashes and spaces with ASCII ones; drop direction marks.

    Returns an empty text if `text` is longer than LONGEST.
    """
    if len(text) > LONGEST:
        return ""
    return (text if text.isascii() else "".join(map(_fold_character, text))).strip()


def compact(text: str) -> str:
    """`fold`, then drop spaces and hyphens."""
    return fold(text).replace(" ", "").replace("-", "")


def _fold_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    match unicodedata.category(character):
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Cf":  # contacts copied from a phone often contain invisible direction marks
            return ""
        case _:
            return character
