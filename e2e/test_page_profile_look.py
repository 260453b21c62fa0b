"""How the profile and the account look: pictures, narrow screens, and what axe-core finds."""

from datetime import UTC, datetime, timedelta

import pytest
from browsing import PICTURES, new_phone, sign_in, visitor
from crowd import came_at, crowd, new_phones
from looks import EXCESS, require_large_text, require_look

OVERFLOW = ".count, .own b, .ways > *, .people li, h1"
COUNTS = {
    1: ("1 person came with you", "1 человек пришёл с вами"),
    2: ("2 people came with you", "2 человека пришли с вами"),
    21: ("21 people came with you", "21 человек пришёл с вами"),
    37: ("37 people came with you", "37 человек пришли с вами"),
    1_234: ("1,234 people came with you", "1 234 человека пришли с вами"),
    1_000_000: ("1,000,000 people came with you", "1 000 000 человек пришли с вами"),
}


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def look(node):
    """Take pictures of a state in all widths and schemes. Nothing may overflow or offend axe-core."""

    def look(page, state):
        require_look(page, state, OVERFLOW)
        require_large_text(page, state, OVERFLOW)

    return look


def spread(server, clone, code):
    """Let 37 users come on several days."""
    phones = new_phones(37)
    crowd(server.port, code, phones)
    now = datetime.now(UTC)
    for place, phone in enumerate(reversed(phones)):
        ago = timedelta(days=(place > 2) + (place > 7) * 6 + place // 12, minutes=7 * place)
        came_at(clone / "db.sqlite3", phone, now - ago)


def test_every_state(browser, server, clone, look):
    with visitor(browser, server.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        code = sign_in(page, server.url, new_phone())
        look(page, "profile-empty")
        page.get_by_role("button", name="Copy link").click()
        page.screenshot(path=PICTURES / "profile-copied.png")
        spread(server, clone, code)
        page.reload()
        page.get_by_text("Did someone invite you?").click()
        page.get_by_label("Invite code or link").fill("KX4P7M")
        page.keyboard.press("Enter")
        look(page, "profile-asking")
        page.get_by_role("button", name="Not now").click()
        look(page, "profile")
        page.get_by_role("button", name="Show the QR code large").click()
        look(page, "profile-qr")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Account").click()
        page.get_by_text("Erase your account?").click()
        look(page, "account")
        page.locator("header button").click()
        page.get_by_role("heading", name="Учётная запись", exact=True).wait_for()
        look(page, "account-ru")
        page.go_back()
        page.wait_for_selector(".own b")
        look(page, "profile-ru")
        page.emulate_media(forced_colors="active")
        page.screenshot(path=PICTURES / "profile-forced-colours.png", full_page=True)


def test_the_states_of_a_newcomer(browser, server, look):
    with visitor(browser, server.url) as anna, visitor(browser, server.url) as boris:
        code = sign_in(anna, server.url, new_phone())
        sign_in(boris, f"{server.url}/i/{code}", new_phone())
        look(boris, "profile-activated")
        boris.emulate_media(forced_colors="active")
        boris.screenshot(path=PICTURES / "profile-activated-forced-colours.png")
        boris.get_by_role("button", name="Account").click()
        boris.get_by_text("Erase your account?").click()
        boris.screenshot(path=PICTURES / "account-forced-colours.png", full_page=True)
    with visitor(browser, server.url) as page:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        sign_in(page, f"{server.url}/i/ZZZZZZ", new_phone())
        page.get_by_role("button", name="Copy link").click()
        look(page, "profile-refused")


@pytest.mark.parametrize("count", COUNTS)
def test_any_count_fits_320_pixels(browser, server, count):
    def tell(route):
        answer = route.fetch()
        body = answer.text().replace('"invitedCount":0', f'"invitedCount":{count}')
        route.fulfill(response=answer, body=body.replace('"invitedCount": 0', f'"invitedCount": {count}'))

    with visitor(browser, server.url, viewport={"width": 320, "height": 640}) as page:
        page.route("**/graphql", tell)
        sign_in(page, server.url, new_phone())
        for text in COUNTS[count]:
            assert " ".join(page.inner_text("h1").split()) == text
            assert page.evaluate(EXCESS, OVERFLOW) == []
            page.screenshot(path=PICTURES / f"count-{count}-{text.split()[-1]}.png")
            page.locator("header button").click()
