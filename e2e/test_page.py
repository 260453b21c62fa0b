"""The web page in a browser without internet access."""

import re

import pytest
from browsing import E2E, PICTURES, ask_for_code, new_phone, shown_code, sign_in, visitor
from crowd import crowd, new_phones


def test_one_user_invites_another(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url, color_scheme="dark") as boris:
        code = sign_in(anna, server.url, new_phone())
        phone = new_phone()
        sign_in(boris, f"{server.url}/i/{code}", phone)
        boris.get_by_role("heading", name=f"You came with {code}").wait_for()
        newcomer = anna.locator(".people li span")
        newcomer.wait_for(timeout=15_000)  # without a reload
        assert re.sub("[ -]", "", newcomer.inner_text()) == phone
        anna.get_by_role("heading", name="1 person came with you").wait_for()
        anna.screenshot(path=PICTURES / "profile.png", full_page=True)
        boris.screenshot(path=PICTURES / "profile-dark.png", full_page=True)
        anna.reload()
        anna.wait_for_selector(".own b")
        assert anna.inner_text(".own b") == code


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser, server, node, scheme):
    """axe-core finds no violations in any state, including contrast."""
    axe = (E2E / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def require(page, state):
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        assert [(state, each["id"], each["nodes"][0]["html"]) for each in found] == []

    with visitor(browser, server.url, color_scheme=scheme) as page:
        page.goto(server.url)
        page.get_by_role("button", name="Text me a code").click()
        page.locator(".error:not(:empty)").wait_for()
        require(page, "an invalid number")
        code = ask_for_code(page, server.url, new_phone())
        require(page, "a code")
        page.locator("input.code").fill(f"{(int(code) + 1) % 10_000:04}")
        page.get_by_text("Attempts left: 4.").wait_for()
        require(page, "a wrong code")
        page.locator("input.code").fill(code)
        page.wait_for_selector(".own b")
        require(page, "a profile")


def test_the_page_can_be_used_with_the_keyboard_only(browser, server):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.locator("input[type=tel]:focus").wait_for()
        page.keyboard.type(new_phone())
        page.keyboard.press("Enter")
        page.locator("input.code:focus").wait_for()
        page.keyboard.type(shown_code(page))
        page.wait_for_selector(".own b")
        for name in ("Account", "Sign out here"):
            for _ in range(20):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.textContent").startswith(name):
                    page.keyboard.press("Enter")
                    break
            page.locator("[data-first]:focus").wait_for()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()


def test_scrolling_loads_all_invitees(browser, server):
    with visitor(browser, server.url) as page:
        code = sign_in(page, server.url, new_phone())
        crowd(server.port, code, new_phones(45))  # while the page is open
        page.get_by_role("heading", name="45 people came with you").wait_for(timeout=15_000)
        while page.get_by_role("button", name="Show all 45").is_visible():
            page.mouse.wheel(0, 5000)
            page.wait_for_timeout(100)
        phones = page.locator(".people li span").all_inner_texts()
        assert (len(phones), len(set(phones))) == (45, 45)


def test_the_page_in_russian_fits_320_pixels(browser, server):
    with visitor(browser, server.url, locale="ru-RU", viewport={"width": 320, "height": 640}) as page:
        code = ask_for_code(page, server.url, new_phone(), "Номер телефона", "Получить код по SMS")
        page.locator("input.code").fill(code)
        page.wait_for_selector(".own b")
        assert "Ваш код" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.screenshot(path=PICTURES / "profile-ru-320.png", full_page=True)


def test_the_first_visit_loads_little(browser, server):
    with visitor(browser, server.url) as page:
        sizes = []
        page.on("response", lambda answer: sizes.append(len(answer.body())))
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        print(f"{len(sizes)} requests, {sum(sizes):,} bytes before compression")
        assert len(sizes) <= 9
        assert sum(sizes) < 100_000
