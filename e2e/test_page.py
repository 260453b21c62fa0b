"""The page for people, in a browser that reaches this machine and nothing else."""

import re
import secrets

import pytest
from browsing import E2E, PICTURES, visitor


@pytest.fixture
def server(start):
    with start("make", "run") as server:
        yield server


def new_phone():
    return f"+7925{secrets.randbelow(10**7):07}"


def ask_for_code(page, url, phone, label="Phone number", button="Send the code"):
    """Ask for a code; returns it, as the demonstration shows it."""
    page.goto(url)
    page.get_by_label(label).first.fill(phone)
    page.get_by_role("button", name=button).click()
    page.wait_for_selector("input.code")
    return re.search(r"\d+", page.inner_text(".note"))[0]


def sign_in(page, url, phone):
    page.locator("input.code").fill(ask_for_code(page, url, phone))
    page.wait_for_selector(".big")
    return page.inner_text(".big")


def test_two_people_of_whom_one_brings_the_other(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url, color_scheme="dark") as boris:
        code = sign_in(anna, server.url, new_phone())
        phone = new_phone()
        sign_in(boris, f"{server.url}/i/{code}", phone)
        assert f"You came with the code {code}." in boris.inner_text("main")
        anna.get_by_text(phone, exact=True).wait_for(timeout=15_000)  # without a reload
        assert "In all: 1" in anna.inner_text("main")
        anna.screenshot(path=PICTURES / "profile.png", full_page=True)
        boris.screenshot(path=PICTURES / "profile-dark.png", full_page=True)
        anna.reload()
        anna.wait_for_selector(".big")
        assert anna.inner_text(".big") == code


def test_wrong_codes_are_told_where_they_are_typed(browser, server):
    with visitor(browser, server.url) as page:
        code = ask_for_code(page, server.url, new_phone())
        page.screenshot(path=PICTURES / "code.png")
        page.locator("input.code").fill(f"{(int(code) + 1) % 10_000:04}")
        page.get_by_text("Attempts left: 4.").wait_for()
        page.locator("input.code").fill(code)
        page.wait_for_selector(".big")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(browser, server, node, scheme):
    """axe-core finds nothing on any state, contrast among it."""
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


def test_with_the_keyboard_alone(browser, server):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.locator("input[type=tel]:focus").wait_for()
        page.keyboard.type(new_phone())
        page.keyboard.press("Enter")
        page.locator("input.code:focus").wait_for()
        page.keyboard.type(re.search(r"\d+", page.inner_text(".note"))[0])
        page.wait_for_selector(".big")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Sign out":
                page.keyboard.press("Enter")
                break
        page.get_by_role("heading", name="Sign in").wait_for()


def test_asked_too_soon_the_visitor_is_told_when(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        ask_for_code(page, server.url, phone)
        assert "Another code in" in page.inner_text("main")
        page.get_by_role("button", name="Another number").click()
        assert page.get_by_label("Phone number").input_value() == phone
        page.get_by_role("button", name="Send the code").click()
        page.get_by_text("Too many attempts").wait_for()
        assert "Try again at" in page.inner_text(".error:not(:empty)")


def test_signing_out_everywhere_ends_the_other_tab(browser, server):
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, new_phone())
        other = page.context.new_page()
        other.goto(server.url)
        other.wait_for_selector(".big")
        page.get_by_role("button", name="Sign out everywhere").click()
        for tab in (page, other):
            tab.get_by_role("heading", name="Sign in").wait_for()


def test_in_russian_at_320_pixels(browser, server):
    with visitor(browser, server.url, locale="ru-RU", viewport={"width": 320, "height": 640}) as page:
        code = ask_for_code(page, server.url, new_phone(), "Номер телефона", "Отправить код")
        page.locator("input.code").fill(code)
        page.wait_for_selector(".big")
        assert "Ваш код приглашения" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.screenshot(path=PICTURES / "profile-ru-320.png", full_page=True)


def test_the_first_visit_is_light(browser, server):
    with visitor(browser, server.url) as page:
        sizes = []
        page.on("response", lambda answer: sizes.append(len(answer.body())))
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        print(f"{len(sizes)} requests, {sum(sizes):,} bytes before compression")
        assert len(sizes) <= 8
        assert sum(sizes) < 100_000
