"""How a state of the page looks: pictures, narrow screens, and what axe-core finds."""

from browsing import E2E, PICTURES

WIDTHS = (320, 360, 768, 1280)  # 320 and 640 are also 1280 at a zoom of 400 % and 200 %
EXCESS = """(selector) => [document.documentElement.scrollWidth - innerWidth,
    ...Array.from(document.querySelectorAll(selector),
                  (each) => each.scrollWidth - each.clientWidth)].filter((excess) => excess > 0)"""


def require_look(page, state, elements, widths=WIDTHS):
    """Take pictures in all widths and schemes. The `elements` must fit, and axe-core must find nothing."""
    axe = (E2E / "node_modules" / "axe-core" / "axe.min.js").read_text()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 740})
            page.wait_for_timeout(300)
            excess = page.evaluate(EXCESS, elements)
            assert excess == [], (state, width, excess)
            page.screenshot(path=PICTURES / f"{state}-{width}-{scheme}.png", full_page=True)
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        assert found == [], (state, scheme, [(each["id"], each["nodes"][0]["html"]) for each in found])
    page.set_viewport_size({"width": 360, "height": 740})


def require_large_text(page, state, elements):
    """The `elements` must fit a phone with text of twice the size."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert (state, page.evaluate(EXCESS, elements)) == (state, [])
    page.evaluate("document.documentElement.style.fontSize = ''")
