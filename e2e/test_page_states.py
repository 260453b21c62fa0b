"""How the sign-in looks while the page is busy, and with forced colours."""

import pytest
from browsing import PICTURES, ask_for_code, new_phone, visitor
from playwright.sync_api import Route

BORDERS = """places => places.map(place => {
    const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(place);
    return [borderTopStyle, parseFloat(borderTopWidth), borderTopColor];
})"""


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_show_the_places_of_the_code_and_the_focus(browser, server, scheme):
    with visitor(browser, server.url, forced_colors="active", color_scheme=scheme) as page:
        ask_for_code(page, server.url, new_phone())
        page.locator("input.code:focus").wait_for()
        first, *others = page.locator(".places i").evaluate_all(BORDERS)
        assert (first[0], len(others), {style for style, *_ in others}) == ("solid", 3, {"solid"})
        assert first[1] > others[0][1]
        assert first[2] != others[0][2]  # the system's colour of what is selected
        page.screenshot(path=PICTURES / f"forced-colours-{scheme}.png")
        page.locator("input.code").press_sequentially("12")
        widths = [width for _, width, _ in page.locator(".places i").evaluate_all(BORDERS)]
        assert widths == [4, 4, 4, 2]
        page.screenshot(path=PICTURES / f"forced-colours-{scheme}-typed.png")


def test_sending_and_checking_show_a_spinner_and_a_word(browser, server):
    with visitor(browser, server.url, reduced_motion="reduce") as page:
        held: list[Route] = []

        def hold(route):
            held.append(route)

        page.goto(server.url)
        accent = page.locator(".primary").evaluate("button => getComputedStyle(button).backgroundColor")
        page.get_by_label("Phone number").fill(new_phone())
        page.route("**/graphql", hold)

        def require_busy(word):
            button = page.get_by_role("button", name=word)
            button.wait_for()
            assert button.get_attribute("aria-busy") == "true"
            assert button.locator(".spinner").is_visible()
            assert button.evaluate("button => getComputedStyle(button).backgroundColor") == accent
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
