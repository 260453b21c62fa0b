"""Signing in on the page: errors appear where they belong, and no input is lost."""

import re

from browsing import PICTURES, ask_for_code, new_phone, shown_code, sign_in, visitor

UNREACHABLE = "Failed to load resource"


def digits(field):
    return re.sub(r"\D", "", field.input_value())


def test_a_wrong_code_is_reported_at_its_field(browser, server):
    with visitor(browser, server.url) as page:
        code = ask_for_code(page, server.url, new_phone())
        page.screenshot(path=PICTURES / "code.png")
        page.locator("input.code").fill(f"{(int(code) + 1) % 10_000:04}")
        page.get_by_text("Attempts left: 4.").wait_for()
        page.locator("input.code").fill(code)
        page.wait_for_selector(".own b")


def test_a_whole_sms_can_be_pasted(browser, server):
    with visitor(browser, server.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        code = ask_for_code(page, server.url, new_phone())
        message = f"{code} is your code for example.com, valid until 12:30.\n\n@example.com #{code}"
        page.evaluate("text => navigator.clipboard.writeText(text)", message)
        page.keyboard.press("Control+V")
        page.wait_for_selector(".own b")


def test_an_expired_code_is_reported_and_a_new_one_works(browser, server, later):
    with visitor(browser, server.url) as page:
        page.clock.install()
        code = ask_for_code(page, server.url, new_phone())
        later(minutes=5)
        page.locator("input.code").fill(code)
        page.get_by_text("This code is no longer valid.").wait_for()
        page.clock.fast_forward("01:01")
        page.get_by_role("button", name="Text me a new code").click()
        page.get_by_text("Another code was sent.").wait_for(state="attached")
        page.locator("input.code").fill(shown_code(page))
        page.wait_for_selector(".own b")


def test_switching_the_language_keeps_the_input(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        page.goto(f"{server.url}/i/ABCDEF")
        page.get_by_label("Phone number").fill(phone)
        page.get_by_role("button", name="Русский").click()
        assert digits(page.get_by_label("Номер телефона")) == phone[1:]
        assert page.get_by_label("Код приглашения").input_value() == "ABCDEF"
        page.get_by_role("button", name="Получить код по SMS").click()
        code = shown_code(page)
        page.get_by_role("button", name="English").click()
        page.get_by_role("heading", name="Enter the code").wait_for()
        page.locator("input.code").fill(code)
        page.get_by_text("There is no such invite code.").wait_for()
        page.get_by_role("button", name="Русский").click()
        page.get_by_role("heading", name="Кто будет первым?").wait_for()
        assert page.locator("html").get_attribute("lang") == "ru"


def test_an_unknown_invite_code_is_reported_after_sign_in(browser, server):
    with visitor(browser, server.url, viewport={"width": 360, "height": 740}) as page:
        sign_in(page, f"{server.url}/i/ABCDEF", new_phone())
        error = page.locator(".error:not(:empty)")
        assert error.inner_text() == "There is no such invite code."
        assert page.locator("[aria-invalid=true]").input_value() == "ABCDEF"
        box, height = error.bounding_box(), page.evaluate("visualViewport.height")
        assert box
        assert box["y"] + box["height"] < height / 2  # the keyboard of a phone may take the other half
        page.screenshot(path=PICTURES / "invite-unknown.png")


def test_going_offline_keeps_the_input(browser, server):
    with visitor(browser, server.url, expected=UNREACHABLE) as page:
        code = ask_for_code(page, server.url, new_phone())
        page.context.set_offline(True)
        page.get_by_text("No connection.").wait_for()
        page.locator("input.code").fill(code)
        page.locator(".error", has_text="No connection.").wait_for()
        page.screenshot(path=PICTURES / "offline.png", full_page=True)
        page.context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector(".own b")


def test_server_errors_are_reported_and_can_be_retried(browser, server):
    with visitor(browser, server.url, expected=UNREACHABLE) as page:
        page.route("**/graphql", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        page.goto(server.url)
        page.get_by_label("Phone number").fill(new_phone())
        page.get_by_role("button", name="Text me a code").click()
        page.get_by_text("Something went wrong on our side.").wait_for()
        page.unroute("**/graphql")
        page.get_by_role("button", name="Text me a code").click()
        page.locator("input.code").fill(shown_code(page))
        page.wait_for_selector(".own b")
        page.route("**/graphql", lambda route: route.fulfill(status=500, body="{}"))
        page.reload()
        page.get_by_text("Something went wrong on our side.").wait_for()
        page.unroute("**/graphql")
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector(".own b")
