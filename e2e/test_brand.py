"""The operator's brand: every colour is legible, and each place shows what the settings say."""

import itertools
from pathlib import Path

import pytest
from browsing import visitor

ROOT = Path(__file__).parents[1]
GRID = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(range(0, 256, 51), repeat=3)]
GREYS = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(0, 256, 17)]
KNOWN = ["#a5145f", "#21a038", "#ffdd2d", "#ef3124", "#0b5d4e", "#1f4fbf", "#00aaff", "#7700ff", "#f8f8ff"]

# What is read on what, and what is told from what it lies on.
TEXTS = [
    *(
        (text, ground)
        for text in ("--ink", "--soft", "--accent", "--bad")
        for ground in ("--paper", "--card")
    ),
    *((text, "--tint") for text in ("--ink", "--accent")),
    *((text, ground) for text in ("#fff", "--band-soft") for ground in ("--band", "--deep")),
    *(("--ink", "--line"), ("--on-accent", "--accent"), ("--on-bad", "--bad"), ("--deep", "#fff")),
    ("--ink", "color-mix(in srgb, var(--accent) 22%, var(--line))"),  # over the time left
]
EDGES = [
    *((edge, ground) for edge in ("--edge", "--accent", "--bad") for ground in ("--paper", "--card")),
    *(("--lit", ground) for ground in ("--band", "--deep")),
]
DOTS = ["h", "calc(h + 50)", "calc(h + 100)", "calc(h - 50)", "calc(h - 100)"]  # profile.css

MEASURE = """([brands, pairs]) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("i"));
  const computed = (text) => {
    probe.style.color = "";
    probe.style.color = text.startsWith("--") ? `var(${text})` : text;
    return getComputedStyle(probe).color;
  };
  const luminance = (text) => {
    context.fillStyle = "#010203";
    context.fillStyle = computed(text);
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  return brands.map((brand) => {
    if (brand) document.documentElement.style.setProperty("--brand", brand);
    return pairs.map(([a, b]) => contrast(a, b));
  });
}"""


def worst(page, brands, pairs):
    """The smallest contrast of each pair over all brands, and the brand that has it."""
    rows = page.evaluate(MEASURE, [brands, pairs])
    return {
        pair: min((row[at], brand) for row, brand in zip(rows, brands, strict=True))
        for at, pair in enumerate(pairs)
    }


def dots():
    """The last digits on a person's circle, of each hue, as profile.css mixes them."""
    for hue in DOTS:
        dot = f"oklch(from var(--brand) .65 min(c, .14) {hue})"
        yield f"color-mix(in oklab, {dot} 40%, var(--ink))", f"color-mix(in oklab, {dot} 24%, var(--card))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_brand_colour_is_legible(browser, server, scheme):
    with visitor(browser, server.url, color_scheme=scheme, expected="404") as page:
        page.goto(f"{server.url}/nowhere")
        brands = GRID + GREYS + KNOWN
        low = {
            pair: found for pair, found in worst(page, brands, [*TEXTS, *dots()]).items() if found[0] < 4.5
        }
        low |= {pair: found for pair, found in worst(page, brands, EDGES).items() if found[0] < 3}
        assert low == {}
