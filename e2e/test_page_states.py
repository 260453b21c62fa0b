"""How the sign-in looks while the page is busy, and with forced colours."""

import base64

import pytest
from browsing import PICTURES, ask_for_code, new_phone, visitor
from playwright.sync_api import Route

# How many lines are drawn along the lowest row but one of a picture.
LINES = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const { width, height } = image;
  const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, height - 2, width, 1).data;
  const colours = Array.from({ length: width }, (_, x) => bytes.slice(4 * x, 4 * x + 4).join());
  const isDrawn = colours.map((colour) => colour !== colours.at(-1));
  return isDrawn.filter((drawn, x) => drawn && !isDrawn[x - 1]).length;
}"""


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


def places(page):
    """How many places are drawn in the field for the code."""
    picture = base64.b64encode(page.locator("input.code").screenshot()).decode()
    return page.evaluate(LINES, picture)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_show_the_places_of_the_code_and_the_focus(browser, server, scheme):
    with visitor(browser, server.url, forced_colors="active", color_scheme=scheme) as page:
        ask_for_code(page, server.url, new_phone())
        page.locator("input.code:focus").wait_for()
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"
        page.screenshot(path=PICTURES / f"forced-colours-{scheme}.png")
        page.evaluate("document.activeElement.blur()")
        assert places(page) == 4


def test_sending_and_checking_show_a_spinner_and_a_word(browser, server):
    with visitor(browser, server.url, reduced_motion="reduce") as page:
        held: list[Route] = []

        def hold(route):
            held.append(route)

        page.goto(server.url)
        page.get_by_label("Phone number").fill(new_phone())
        page.route("**/graphql", hold)

        def require_busy(word):
            button = page.get_by_role("button", name=word)
            button.wait_for()
            assert button.get_attribute("aria-busy") == "true"
            look = "getComputedStyle(document.querySelector('[aria-busy=true]'%s).%s"
            assert page.evaluate(look % (", '::before')", "borderTopStyle")) == "solid"
            filled = page.evaluate(look % (")", "backgroundColor"))
            assert filled == "rgb(11, 93, 78)"
            assert page.inner_text("#status") == word
            page.screenshot(path=PICTURES / f"busy-{word.split('…')[0].lower().replace(' ', '-')}.png")

        page.keyboard.press("Enter")
        require_busy("Sending the code…")
        page.keyboard.press("Enter")  # ignored
        page.wait_for_timeout(200)
        assert len(held) == 1
        held.pop().continue_()
        page.wait_for_selector("input.code")
        page.locator("input.code").fill("1234")
        require_busy("Checking…")
        held.pop().abort()
