"""What people type and paste, in the one spelling that is looked at."""

import unicodedata

# Nothing that a person types here is longer; whatever is, is not read.
LONGEST = 40


def fold(text: str) -> str:
    """Digits of any script, dashes and spaces of any width as their ASCII selves; marks of direction gone.

    A text longer than anybody types comes back empty.
    """
    return "".join(map(_fold_character, text)).strip() if len(text) <= LONGEST else ""


def compact(text: str) -> str:
    """`fold` without the spaces and hyphens that only help the eye."""
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
        case "Cf":  # copied contacts often carry invisible marks of writing direction
            return ""
        case _:
            return character
