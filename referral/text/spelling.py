"""Normalises typed and pasted text to ASCII."""

import unicodedata

# No typed code is longer. Longer text is ignored.
LONGEST = 40
# Dashes and minus signs outside the category Pd (bullet, modifiers, Japanese lengthening mark, emoji).
DASHES = set("\u2212\u2043\u02d7\u30fc\uff70\u2796\u207b\u208b")
DOTS = set("\u00b7\u2022\u2219\u22c5\u30fb\uff65\u3002\uff61")
KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"


def fold(text: str, longest: int = LONGEST) -> str:
    """Replace digits of any script, full-width letters and signs, dashes and spaces with ASCII ones.

    Drops direction marks and other invisible characters; runs of spaces, tabs and line breaks become one
    space. Returns an empty text if `text` is longer than `longest`.
    """
    if len(text) > longest:
        return ""
    return " ".join((text if text.isascii() else "".join(map(_fold_character, text))).split())


def compact(text: str) -> str:
    """`fold`, then drop spaces and hyphens."""
    return fold(text).replace(" ", "").replace("-", "")


def _fold_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Pd" or character in DASHES:
        return "-"
    if character in DOTS:
        return "."
    # Contacts copied from a phone often contain invisible direction marks.
    if category == "Cf" or character == KEYCAP or "\ufe00" <= character <= "\ufe0f":  # variation selectors
        return ""
    return _compatible(character)


def _compatible(character: str) -> str:
    """The ASCII sign or letter that the character is a form of, if any. Superscript digits are no digits."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() and not plain.isdigit() else character
