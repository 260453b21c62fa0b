"""System checks for the settings of the brand."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import SuspiciousFileOperation

from web import brand, colour

LONGEST_NAME = 30  # characters: the header of a phone has room for no more
LONGEST_PITCH = 140  # characters: what messengers show of a description
# https only behind https, but a demonstration may have no TLS. Nothing that would end a policy's source.
URL = re.compile(r"(?i:https?)://[a-zA-Z0-9.-]+(:[0-9]{1,5})?/[!-+.-:<-~]*")


@register
def texts(**_: Any) -> Sequence[CheckMessage]:
    """The brand's name and sentences are short, and of one line."""
    found = []
    for setting, longest in (
        ("BRAND_NAME", LONGEST_NAME),
        ("BRAND_PITCH", LONGEST_PITCH),
        ("BRAND_PITCH_RU", LONGEST_PITCH),
    ):
        text = getattr(settings, setting)
        if len(text) > longest or not text.replace("\xa0", " ").isprintable():
            message = f"{setting} is longer than {longest} characters, or has some that do not print."
            found.append(Error(message, hint="Write one short line.", id="web.E001"))
    return found


@register
def colours(**_: Any) -> Sequence[CheckMessage]:
    """The brand's colours are #rgb or #rrggbb."""
    hint = "Write #rgb or #rrggbb, such as #0b5d4e. In YAML put it in quotes: # begins a comment."
    return [
        Error(f"{setting} is not a colour.", hint=hint, id="web.E002")
        for setting in ("BRAND_COLOUR", "BRAND_SECOND_COLOUR")
        if getattr(settings, setting) and not colour.is_colour(getattr(settings, setting))
    ]


@register
def pictures(**_: Any) -> Sequence[CheckMessage]:
    """The brand's pictures are URLs, or static files that exist."""
    hint = "Write a URL such as https://example.com/logo.svg, or the path of a file below static/."
    return [
        Error(f"{setting} is neither a URL nor a static file.", hint=hint, id="web.E003")
        for setting in ("BRAND_LOGO", "BRAND_PREVIEW")
        if getattr(settings, setting) and not _is_picture(getattr(settings, setting))
    ]


def _is_picture(text: str) -> bool:
    if brand.is_url(text):
        return URL.fullmatch(text) is not None
    try:
        found = finders.find(text)
    except (SuspiciousFileOperation, ValueError):  # outside of the folders, or with a null character
        return False
    return found is not None and Path(found).is_file()
