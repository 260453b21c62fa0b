import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape

from web import brand, checks, colour

LOGO = "https://cdn.example.org:8443/acme/logo.svg?v=2"


def page(client, path="/", **headers):
    answer = client.get(path, headers=headers)
    return answer.content.decode(), answer["Content-Security-Policy"]


def metas(content):
    return dict(re.findall(r'<meta (?:property|name)="([\w:-]+)" content="([^"]*)">', content))


def test_the_name_is_in_header_title_preview_and_data(client, settings):
    settings.BRAND_NAME = 'Acme & "Sons"'
    content, _ = page(client, "/i/ABCDEF")
    shown = escape(settings.BRAND_NAME)
    assert f"<span>{shown}</span></a>" in content
    assert f"<title>You are invited · {shown}</title>" in content
    assert f'data-brand="{shown}"' in content
    preview = metas(content)
    assert (preview["og:site_name"], preview["og:title"]) == (shown, f"You are invited · {shown}")
    assert f"<title>Sign in · {shown}</title>" in page(client)[0]


def test_without_settings_the_page_has_the_projects_name_and_own_colours(client):
    content, policy = page(client)
    assert "<title>Sign in · Referral</title>" in content
    assert "/brand/" not in content
    assert '<svg class="mark"' in content
    assert "img-src 'self' data:;" in policy
    assert '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#a5145f">' in content


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        (("", ""), ("Everything is better with someone you know.", "Вместе с друзьями всё лучше.")),
        (("Ride together", ""), ("Ride together", "Ride together")),
        (("Ride together", "Едем вместе"), ("Ride together", "Едем вместе")),
        (("", "Едем вместе"), ("Everything is better with someone you know.", "Едем вместе")),
    ],
)
def test_the_pitch_is_there_in_both_languages(client, settings, own, shown):
    settings.BRAND_PITCH, settings.BRAND_PITCH_RU = own
    english, russian = shown
    for language, spoken in (("en", english), ("ru", russian)):
        content, _ = page(client, "/i/ABCDEF", **{"Accept-Language": language})
        assert f'data-pitch="{spoken}" data-pitch-en="{english}" data-pitch-ru="{russian}"' in content
        assert metas(content)["og:description"] == spoken


@pytest.mark.parametrize(
    ("colours", "url", "rule"),
    [
        (("#0b5d4e", ""), "/brand/0b5d4e.css", ":root { --brand: #0b5d4e; }"),
        (("#FD2", ""), "/brand/ffdd22.css", ":root { --brand: #ffdd22; }"),
        (("#0B5d4e", "#fc0"), "/brand/0b5d4e-ffcc00.css", ":root { --brand: #0b5d4e; --second: #ffcc00; }"),
        (("", "#fc0"), "/brand/a5145f-ffcc00.css", ":root { --brand: #a5145f; --second: #ffcc00; }"),
    ],
)
def test_a_colour_has_a_stylesheet_that_its_address_decides(client, settings, colours, url, rule):
    settings.BRAND_COLOUR, settings.BRAND_SECOND_COLOUR = colours
    content, _ = page(client)
    own, brands = re.findall(r'<link rel="stylesheet" href="([^"]+)">', content)
    assert (own, brands) == ("/static/web/page.css", url)
    settings.BRAND_COLOUR = settings.BRAND_SECOND_COLOUR = ""  # a page that another server has sent
    answer = client.get(url)
    assert answer.content.decode().startswith(rule)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "max-age=31536000, immutable, public"


@pytest.mark.parametrize("name", ["", "0b5d4", "0B5D4E", "0b5d4e-", "0b5d4e-fff", "red", "0b5d4e%0A"])
def test_other_stylesheets_do_not_exist(client, name):
    assert client.get(f"/brand/{name}.css").status_code == 404


def test_icon_and_bar_have_the_colour(client, settings):
    settings.BRAND_COLOUR = "#0b5d4e"
    content, _ = page(client)
    (icon,) = re.findall(r'<link rel="icon" href="([^"]+)">', content)
    assert "%230b5d4e" in icon
    bars = re.findall(
        r'<meta name="theme-color" media="\(prefers-color-scheme: (\w+)\)" content="([^"]+)">', content
    )
    assert bars == [("light", "#0b5d4e"), ("dark", colour.derived("#0b5d4e", dark=True)["band"])]


def test_a_logo_elsewhere_is_the_only_other_origin(client, settings):
    settings.BRAND_LOGO = LOGO
    content, policy = page(client)
    assert f'<img class="logo" src="{LOGO}" alt="">' in content
    assert f'<link rel="icon" href="{LOGO}">' in content
    assert "img-src 'self' data: https://cdn.example.org:8443;" in policy
    assert policy.count("example.org") == 1
    assert page(client, "/nowhere", Accept="text/html")[1] == policy


def test_a_logo_of_our_own_needs_no_other_origin(client, settings):
    settings.BRAND_LOGO = "web/preview.png"
    content, policy = page(client)
    assert '<img class="logo" src="/static/web/preview.png" alt="">' in content
    assert "img-src 'self' data:;" in policy


@pytest.mark.parametrize(
    ("picture", "url", "sizes"),
    [
        ("", "https://example.com/static/web/preview.png", True),
        (LOGO, LOGO, False),
        ("web/icons.svg", "https://example.com/static/web/icons.svg", False),
    ],
)
def test_link_previews_have_an_absolute_picture(client, settings, picture, url, sizes):
    settings.BRAND_PREVIEW = picture
    for path in ("/", "/i/ABCDEF"):
        preview = metas(page(client, path)[0])
        assert (preview["og:image"], preview["og:url"]) == (url, f"https://example.com{path}")
        assert ("og:image:width" in preview, "og:image:height" in preview) == (sizes, sizes)
        assert ("robots" in preview) == (path != "/")


def found(check):
    return [(error.id, error.msg.split()[0]) for error in check()]


@pytest.mark.parametrize("text", ["Acme", "А" * 30, "Ænima — 5 €", "Тандем\xa0+", "🚲", ""])
def test_names_that_can_be_shown(settings, text):
    settings.BRAND_NAME = text
    assert found(checks.texts) == []


@pytest.mark.parametrize(
    "text", ["A" * 31, "A\nB", "A\tB", "A\x00", "A\u202eB", "A\u2028B", "\udcff", "A\x7f", "A\u200b"]
)
@pytest.mark.parametrize("setting", ["BRAND_NAME", "BRAND_PITCH", "BRAND_PITCH_RU"])
def test_texts_that_cannot(settings, setting, text):
    setattr(settings, setting, text if setting == "BRAND_NAME" or len(text) < 10 else text * 5)
    assert found(checks.texts) == [("web.E001", setting)]


@pytest.mark.parametrize("text", ["#000", "#FfF", "#a5145f"])
def test_colours(settings, text):
    settings.BRAND_COLOUR = settings.BRAND_SECOND_COLOUR = text
    assert found(checks.colours) == []


@pytest.mark.parametrize(
    "text",
    [
        "a5145f",
        "red",
        "#a514",
        "#a5145f80",
        "#12345g",
        "#",
        "#a5145f;",
        "#a5145f\n",
        "rgb(0,0,0)",
        "##fff",
        "#１２３",
        "# fff",
    ],
)
@pytest.mark.parametrize("setting", ["BRAND_COLOUR", "BRAND_SECOND_COLOUR"])
def test_no_colours(settings, setting, text):
    setattr(settings, setting, text)
    assert found(checks.colours) == [("web.E002", setting)]


@pytest.mark.parametrize(
    "text", [LOGO, "http://localhost:8001/x.png", "HTTPS://Example.com/", "web/icons.svg"]
)
def test_pictures(settings, text):
    settings.BRAND_LOGO = settings.BRAND_PREVIEW = text
    assert found(checks.pictures) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "https://example.com",
            "https://",
            "ftp://example.com/x.png",
            "//example.com/x.png",
            "data:image/png,x",
        ),
        *("https://u:p@example.com/x.png", "https://example.com/x;y.png", "https://example.com/a, b.png"),
        *(
            "https://*/x.png",
            "https://пример.рф/x.png",
            "https://example.com/x.png\n",
            "javascript://x/%0Aalert(1)",
        ),
        *(
            "web/nowhere.svg",
            "/static/web/icons.svg",
            "../settings.py",
            "/etc/passwd",
            "web",
            "x\x00",
            "\udcff",
        ),
    ],
)
@pytest.mark.parametrize("setting", ["BRAND_LOGO", "BRAND_PREVIEW"])
def test_no_pictures(settings, setting, text):
    setattr(settings, setting, text)
    assert found(checks.pictures) == [("web.E003", setting)]


def test_the_stylesheet_for_old_browsers_uses_nothing_new():
    context = {
        "brand": "#ffdd2d",
        "light": colour.derived("#ffdd2d"),
        "dark": colour.derived("#ffdd2d", dark=True),
    }
    _, _, old = render_to_string("web/brand.css", context).partition("l c h)) {")
    assert old
    assert not re.search("oklch|color-mix|light-dark|from ", old)


def test_derived_colours_stay_within_bounds():
    for brand_colour in ("#000000", "#ffffff", "#ffff00", "#0000ff", "#a5145f"):
        light, dark = colour.derived(brand_colour), colour.derived(brand_colour, dark=True)
        assert light.keys() == dark.keys()
        assert all(colour.is_colour(value) for value in (*light.values(), *dark.values()))
        assert 0.29 < colour.oklch(light["band"]).lightness < 0.56
        assert colour.oklch(dark["accent"]).lightness > 0.79
    for same in ("#123abc", "#000000", "#ffffff", "#fe0001"):
        assert colour.in_hex(colour.oklch(same)) == same


def test_the_name_of_the_service_has_a_default(settings):
    assert brand.name() == "Referral"
    settings.BRAND_NAME = "Acme"
    assert brand.name() == "Acme"


def test_our_stylesheet_for_old_browsers_uses_nothing_new_and_has_every_colour():
    styles = Path(finders.find("web/page.css") or "").read_text()
    _, _, old = styles.partition("@supports not (color: oklch(from light-dark(red, red) l c h)) {")
    old, _, _ = old.partition("\n}\n")
    assert not re.search("oklch|color-mix|light-dark|from ", old)
    light, _, dark = old.partition("@media")
    derived = colour.derived(colour.DEFAULT)
    declared = {*re.findall(r"--([a-z-]+):", light)}
    assert {*derived, "paper", "card", "ink", "soft", "edge", "line", "tint", "bad", "on-bad"} <= declared
    assert declared - {*re.findall(r"--([a-z-]+):", dark)} == {"lit", "band-soft"}
    assert f"--brand: {colour.DEFAULT};" in styles
