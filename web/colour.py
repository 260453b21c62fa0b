"""Colours derived from the brand's, where page.css cannot derive them: for old browsers, the icon and `meta`.

OKLab is Björn Ottosson's (https://bottosson.github.io/posts/oklab/), as in CSS Color 4.
"""

import math
import re
from functools import lru_cache
from typing import NamedTuple

DEFAULT = "#a5145f"  # --brand in page.css
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


class Oklch(NamedTuple):
    """Lightness 0 to 1, chroma from 0, and hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def is_colour(text: str) -> bool:
    """Whether it is #rgb or #rrggbb."""
    return HEX.fullmatch(text) is not None


def long_form(colour: str) -> str:
    """#rrggbb in lower case for #rgb or #rrggbb."""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))  # noqa: PLR2004


@lru_cache(maxsize=100)
def derived(colour: str, second: str = "", *, dark: bool = False) -> dict[str, str]:
    """The custom properties that page.css derives from `--brand` and `--second`, for one colour scheme."""
    brand = oklch(colour)
    light, chroma, hue = brand
    strong = Oklch(min(light, 0.48), chroma * min(1, 0.48 / max(light, 0.01)), hue)
    band = strong._replace(lightness=max(0.3, strong.lightness))
    accent, on_accent = strong, Oklch(1, 0, 0)
    if dark:
        band = Oklch(0.33, min(chroma, 0.11), hue)
        accent = Oklch(max(light, 0.8), min(chroma, 0.12), hue)
        on_accent = Oklch(0.2, min(chroma, 0.05), hue)
    lit = oklch(second) if second else Oklch(0, min(chroma, 0.12), hue + 14)
    shown = {
        "accent": accent,
        "on-accent": on_accent,
        "band": band,
        "deep": Oklch(band.lightness - 0.1, band.chroma * 0.8, hue),
        "lit": Oklch(max(0.82, lit.lightness), lit.chroma, lit.hue),
        "band-soft": Oklch(0.96, min(chroma, 0.03), hue),
    }
    return {name: in_hex(value) for name, value in shown.items()}


def oklch(colour: str) -> Oklch:
    """The coordinates of #rrggbb."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)))


def in_hex(colour: Oklch) -> str:
    """#rrggbb, each channel cut to what a screen shows."""
    light, chroma, hue = max(0, colour.lightness), colour.chroma, math.radians(colour.hue)
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return "#" + "".join(
        f"{round(255 * _encoded(value)):02x}"
        for value in (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )
    )


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004, sRGB's


def _encoded(value: float) -> float:
    value = min(max(value, 0), 1)
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004
