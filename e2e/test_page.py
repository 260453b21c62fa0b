"""The web page in a browser without internet access."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from browsing import E2E, PICTURES, ask_for_code, new_phone, shown_code, sign_in, visitor
from client import REQUEST_CODE, VERIFY_CODE, post


def test_one_user_invites_another(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url, color_scheme="dark") as boris:
        code = sign_in(anna, server.url, new_phone())
        phone = new_phone()
        sign_in(boris, f"{server.url}/i/{code}", phone)
        assert f"You were invited with the code {code}." in boris.inner_text("main")
        anna.get_by_text(phone, exact=True).wait_for(timeout=15_000)  # without a reload
        assert "Total: 1" in anna.inner_text("main")
        anna.screenshot(path=PICTURES / "profile.png", full_page=True)
        boris.screenshot(path=PICTURES / "profile-dark.png", full_page=True)
        anna.reload()
        anna.wait_for_selector(".big")
        assert anna.inner_text(".big") == code


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
        page.get_by_role("button", name="Send the code").click()
        page.locator(".error:not(:empty)").wait_for()
        require(page, "an invalid number")
        code = ask_for_code(page, server.url, new_phone())
        require(page, "a code")
        page.locator("input.code").fill(f"{(int(code) + 1) % 10_000:04}")
        page.get_by_text("Attempts left: 4.").wait_for()
        require(page, "a wrong code")
        page.locator("input.code").fill(code)
        page.wait_for_selector(".big")
        page.locator("summary").click()
        require(page, "a profile")


def test_the_page_can_be_used_with_the_keyboard_only(browser, server):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.locator("input[type=tel]:focus").wait_for()
        page.keyboard.type(new_phone())
        page.keyboard.press("Enter")
        page.locator("input.code:focus").wait_for()
        page.keyboard.type(shown_code(page))
        page.wait_for_selector(".big")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Sign out":
                page.keyboard.press("Enter")
                break
        page.get_by_role("heading", name="Sign in").wait_for()


def test_signing_out_everywhere_ends_the_other_tab(browser, server):
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, new_phone())
        other = page.context.new_page()
        other.goto(server.url)
        other.wait_for_selector(".big")
        page.get_by_role("button", name="Sign out everywhere").click()
        for tab in (page, other):
            tab.get_by_role("heading", name="Sign in").wait_for()


def test_a_session_can_be_ended_from_another(browser, server, later):
    with visitor(browser, server.url) as page, visitor(browser, server.url) as other:
        phone = new_phone()
        sign_in(page, server.url, phone)
        later()
        sign_in(other, server.url, phone)
        other.get_by_text("this device").wait_for()
        other.get_by_role("button", name="End: Chrome, Linux").click()
        page.get_by_text("Your session has ended.").wait_for(timeout=15_000)  # at the next poll
        assert other.get_by_role("button", name="End: ").count() == 0


def test_scrolling_loads_all_invitees(browser, server):
    async def come(code):
        phone = new_phone()
        *_, body = await post(server.port, REQUEST_CODE, phone=phone)
        sent = body["data"]["requestCode"]["demoCode"]
        await post(server.port, VERIFY_CODE, phone=phone, code=sent, inviteCode=code)

    async def crowd(code, count):
        await asyncio.gather(*(come(code) for _ in range(count)))

    with visitor(browser, server.url) as page:
        code = sign_in(page, server.url, new_phone())
        with ThreadPoolExecutor() as pool:  # while the page is open
            pool.submit(asyncio.run, crowd(code, 45)).result()
        page.get_by_text("Total: 45").wait_for(timeout=15_000)
        while page.get_by_role("button", name="Show more").is_visible():
            page.mouse.wheel(0, 5000)
            page.wait_for_timeout(100)
        phones = page.locator(".list li span[translate=no]").all_inner_texts()
        assert (len(phones), len(set(phones))) == (45, 45)


def test_erasing_an_account_requires_its_number(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        sign_in(page, server.url, phone)
        page.locator("summary").click()
        page.locator("details input").fill(new_phone())
        page.locator("details button").click()
        page.locator("details .error:not(:empty)").wait_for()
        page.locator("details input").fill(phone)
        page.locator("details button").click()
        page.get_by_text("Your account was erased.").wait_for()
        page.reload()
        page.get_by_role("heading", name="Sign in").wait_for()


def test_the_page_in_russian_fits_320_pixels(browser, server):
    with visitor(browser, server.url, locale="ru-RU", viewport={"width": 320, "height": 640}) as page:
        code = ask_for_code(page, server.url, new_phone(), "Номер телефона", "Отправить код")
        page.locator("input.code").fill(code)
        page.wait_for_selector(".big")
        assert "Ваш код приглашения" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.screenshot(path=PICTURES / "profile-ru-320.png", full_page=True)


def test_the_first_visit_loads_little(browser, server):
    with visitor(browser, server.url) as page:
        sizes = []
        page.on("response", lambda answer: sizes.append(len(answer.body())))
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        print(f"{len(sizes)} requests, {sum(sizes):,} bytes before compression")
        assert len(sizes) <= 14
        assert sum(sizes) < 100_000
