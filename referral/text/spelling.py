"""Text as people type and paste it, brought to plain ASCII."""

import unicodedata

# Longer than any phone number or code that a person types; longer texts are not read.
LONGEST = 40


def fold(text: str) -> str:
    """Replace digits of any script, dashes and spaces by their ASCII forms; drop marks of direction.

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
        case "Cf":  # contacts copied from a phone often carry invisible direction marks
            return ""
        case _:
            return character
