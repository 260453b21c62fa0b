"""The operator's brand: every colour is legible, and pages show what the settings say."""

import itertools
import re
from urllib.request import urlopen

import pytest
from browsing import PICTURES, visitor

GRID = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(range(0, 256, 51), repeat=3)]
GREYS = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(0, 256, 17)]
KNOWN = ["#a5145f", "#21a038", "#ffdd2d", "#ef3124", "#0b5d4e", "#1f4fbf", "#00aaff", "#7700ff", "#f8f8ff"]

# What is read on what, and what is told from what it lies on.
GROUNDS = ("--paper", "--card")
TEXTS = [
    *itertools.product(("--ink", "--soft", "--accent", "--bad"), (*GROUNDS, "--tint")),
    *itertools.product(("#fff", "--band-soft"), ("--band", "--deep")),
    *(("--ink", "--line"), ("--on-accent", "--accent"), ("--on-bad", "--bad"), ("--deep", "#fff")),
    ("--ink", "color-mix(in srgb, var(--accent) 22%, var(--line))"),  # on the time left
]
EDGES = [
    *itertools.product(("--edge", "--accent", "--bad"), GROUNDS),
    *itertools.product(("--lit",), ("--band", "--deep")),
]
HUES = ("h", "calc(h + 50)", "calc(h + 100)", "calc(h - 50)", "calc(h - 100)")
DOTS = [  # as profile.css mixes them
    tuple(
        f"color-mix(in oklab, oklch(from var(--brand) .65 min(c, .14) {hue}) {share}%, var({other}))"
        for share, other in ((40, "--ink"), (24, "--card"))
    )
    for hue in HUES
]

PIXELS = """([brands, names]) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("i"));
  const pixel = (name) => {
    probe.style.color = name.startsWith("--") ? `var(${name})` : name;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  return brands.map((brand) => {
    if (brand) document.documentElement.style.setProperty("--brand", brand);
    return Object.fromEntries(names.map((name) => [name, pixel(name)]));
  });
}"""
OLD = "@supports not (color: oklch(from light-dark(red, red) l c h))"
# Make the browser take the rules for old ones.
AGE = """async (urls) => {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  document.adoptedStyleSheets = texts.map((text) => {
    const sheet = new CSSStyleSheet();
    const old = text.slice(text.indexOf("@supports not"));
    sheet.replaceSync(old.replace(/^@supports not .*{/, "@supports (color: red) {"));
    return sheet;
  });
}"""


def luminance(pixel):
    """The relative luminance of WCAG 2.2."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (v / 255 for v in pixel)]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_faint(page, brands, texts=TEXTS, edges=EDGES):
    """The pairs below the contrast that WCAG 2.2 AA asks for, each with its brand."""
    names = sorted({name for pair in (*texts, *edges) for name in pair})
    return [
        (brand, *pair, found)
        for brand, shown in zip(brands, page.evaluate(PIXELS, [brands, names]), strict=True)
        for pairs, least in ((texts, 4.5), (edges, 3))
        for pair in pairs
        if (found := contrast(*(shown[name] for name in pair))) < least
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_brand_colour_is_legible(browser, server, scheme):
    with visitor(browser, server.url, expected="404", color_scheme=scheme) as page:
        page.goto(f"{server.url}/nowhere")
        assert too_faint(page, GRID + GREYS + KNOWN, [*TEXTS, *DOTS]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_brand_colour_is_legible_in_old_browsers_and_the_same(browser, server, scheme):
    with visitor(browser, server.url, expected="404", color_scheme=scheme) as page:
        page.goto(f"{server.url}/nowhere")
        own = page.get_attribute("link[rel=stylesheet]", "href")
        assert OLD in urlopen(server.url + own).read().decode()
        page.evaluate(AGE, [own])
        assert too_faint(page, [None]) == []
        for brand in GRID[::7] + GREYS[::3] + KNOWN:
            url = f"/brand/{brand[1:]}.css"
            names = re.findall(r"(--[a-z-]+): #", urlopen(server.url + url).read().decode().partition(OLD)[2])
            page.evaluate("document.adoptedStyleSheets = []")
            (modern,) = page.evaluate(PIXELS, [[brand], names])
            page.evaluate(AGE, [own, url])
            assert too_faint(page, [None]) == []
            (old,) = page.evaluate(PIXELS, [[None], names])
            assert len(old) == 6
            assert max(abs(a - b) for name in old for a, b in zip(old[name], modern[name], strict=True)) <= 3


BRANDS = {
    "green": {
        "BRAND_NAME": "Тандем Банк",
        "BRAND_COLOUR": "#21a038",
        "BRAND_PITCH": "Bring a friend, and both of you get a month free.",
        "BRAND_PITCH_RU": "Приведите друга: месяц бесплатно вам обоим.",
    },
    "yellow": {
        "BRAND_NAME": "A name of thirty letters, look",
        "BRAND_COLOUR": "#FD2",
        "BRAND_SECOND_COLOUR": "#1f4fbf",
        "BRAND_LOGO": "web/preview.png",
    },
    "black": {"BRAND_NAME": "Noir", "BRAND_COLOUR": "#000"},
}


@pytest.mark.parametrize("name", BRANDS)
def test_pages_show_the_brand(browser, start, name):
    brand = BRANDS[name]
    with start("make", "run", **brand) as server:
        for scheme, width in itertools.product(("light", "dark"), (320, 360, 1280)):
            size = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
            with visitor(browser, server.url, expected="404", **size) as page:
                for path in ("/i/ABC", "/i/ABCDEF"):
                    page.goto(server.url + path)
                    page.wait_for_selector("h1")
                    assert page.title().endswith(f" · {brand['BRAND_NAME']}")
                    assert page.inner_text("header .brand") == brand["BRAND_NAME"]
                    assert page.evaluate("document.documentElement.scrollWidth") == width
                    colour = page.evaluate(
                        "getComputedStyle(document.documentElement).getPropertyValue('--brand')"
                    )
                    assert colour[1:] in {brand["BRAND_COLOUR"][1:], "ffdd22", "000000"}
                    page.screenshot(
                        path=PICTURES / f"brand-{name}-{scheme}-{width}{path.replace('/', '-')}.png"
                    )
                logo = "(logo) => logo.complete && logo.naturalWidth"
                assert "BRAND_LOGO" not in brand or page.eval_on_selector(".logo", logo) == 1200


def test_the_page_for_unknown_paths_leads_to_the_start(browser, server):
    with visitor(browser, server.url, expected="404", locale="ru-RU", java_script_enabled=False) as page:
        page.goto(f"{server.url}/i/")
        assert page.inner_text("h1") == "Страница пошла своим путём"
        page.get_by_role("link", name="На главную").click()
        assert page.url == f"{server.url}/"
