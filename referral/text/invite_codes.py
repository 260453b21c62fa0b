"""Drawing invite codes, and finding them in text."""

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import unquote

from django.conf import settings

from referral import crypto
from referral.text.spelling import fold

# Without 0, O, 1, I and L, which look alike. 31 characters give 887 million six-character codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTHS = range(6, 17)  # INVITE_CODE_LENGTH may grow; existing codes keep their length
LONGEST = 1_000  # characters of a pasted message

CYRILLIC, LATIN = "АВЕКМНРСТХУЅЈ", "ABEKMHPCTXYSJ"  # the same in print
TO_LATIN = str.maketrans(CYRILLIC + CYRILLIC.lower(), LATIN * 2)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
LINK = re.compile(r"(?:^|/)i/[^\w/]*([^\W_]+(?:[- ][^\W_]+)*)", re.IGNORECASE)


def draw() -> str:
    """A random code of INVITE_CODE_LENGTH characters. It may be taken already."""
    return crypto.random_text(ALPHABET, settings.INVITE_CODE_LENGTH)


def normalise(text: str) -> str | None:
    """The code in a text, as stored; None if there is none, or if two different codes could be read.

    The text may be a code in any case, with spaces, hyphens, full-width and Cyrillic letters; an invite
    link; or a sentence with one of them. In a sentence, a plain word is a code only if nothing else is one.
    """
    folded = fold(text, LONGEST)
    if CONTROL.search(folded):
        return None
    links, words = _links_and_words(folded)
    whole = None if links else _code("".join(words))
    if whole and len(whole) == settings.INVITE_CODE_LENGTH:
        return whole
    found = links | _codes(word for word in words if not _is_plain(word)) or _codes(_groups(words))
    found = found or _codes(["".join(words)] if _all_short(words) else words)
    return found.pop() if len(found) == 1 else None


def _links_and_words(text: str) -> tuple[set[str], list[str]]:
    """The codes of the invite links in a folded text, and the words outside links, in order."""
    links, words = set(), []
    for part in text.split():
        if "/" in part.strip("/"):
            links |= _codes(LINK.findall(fold(unquote(part), LONGEST)))
        else:
            words += WORD.findall(part)
    return links, words


def _codes(texts: Iterable[str]) -> set[str]:
    return {code for code in map(_code, texts) if code}


def _code(text: str) -> str | None:
    code = re.sub("[- ]", "", text).translate(TO_LATIN)
    if len(code) not in LENGTHS or not code.isascii():  # upper() can lengthen text in other scripts
        return None
    code = code.upper()
    return code if set(code) <= set(ALPHABET) else None


def _is_plain(word: str) -> bool:
    """Whether it looks like a word of a sentence: Cyrillic letters, or Latin ones not in capitals."""
    scripts = set(map(str.isascii, word.replace("-", "")))
    return word.replace("-", "").isalpha() and len(scripts) == 1 and not (word.isascii() and word.isupper())


def _groups(words: list[str]) -> list[str]:
    """Neighbouring parts of a code, joined."""
    return ["".join(group) for plain, group in groupby(words, _is_plain) if not plain]


def _all_short(words: list[str]) -> bool:
    return all(len(word) < LENGTHS[0] for word in words)
