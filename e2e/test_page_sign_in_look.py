"""How the sign-in looks in each of its states."""

import json

import pytest
from browsing import PICTURES, new_phone, visitor
from looks import require_look
from playwright.sync_api import Route

UNREACHABLE = "Failed to load resource"
ELEMENTS = "h1, button, .chip, .phone, .places, .places i, .error, .between"
WIDTHS = (320, 360, 640, 768, 1280)


@pytest.fixture(scope="module")
def server(start):
    """One that sends codes to four countries."""
    with start("make", "run", SMS_COUNTRIES="RU,KZ,AM,DE") as server:
        yield server


def answer(page, **members):
    """Answer the next request with this result."""
    body = json.dumps({"data": {"result": members}})
    page.route("**/graphql", lambda route: route.fulfill(body=body), times=1)


def code_sent(page, length=4):
    at = page.evaluate("new Date(Date.now() + 60_000).toISOString()")
    sent = {"codeLength": length, "expiresAt": at, "resendAt": at, "demoCode": None}
    answer(page, __typename="CodeSent", phone="+79257614486", **sent)


def guess(page, attempts_left, length=4):
    answer(page, __typename="WrongCode", message="No.", attemptsLeft=attempts_left)
    page.locator("input.code").fill("7146789012"[:length])


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_each_state_of_the_sign_in(browser, server, node, locale):
    with visitor(browser, server.url, locale=locale, expected=UNREACHABLE) as page:
        held: list[Route] = []

        def hold(route):
            held.append(route)

        def look(state):
            require_look(page, f"sign-in-{state}-{locale[:2]}", ELEMENTS, WIDTHS)

        page.goto(server.url)
        look("number")
        page.locator(".sheet > .text").last.click()
        look("invite-field")
        page.goto(f"{server.url}/i/DW88GC")
        look("invited")
        page.locator("input[type=tel]").fill("8 495 123-45-67")
        page.locator(".primary").click()
        page.locator(".error:not(:empty)").wait_for()
        look("invalid")
        page.locator("input[type=tel]").fill(new_phone())
        page.route("**/graphql", hold, times=1)
        page.locator(".primary").click()
        page.locator(".spinner").wait_for()
        look("sending")
        held.pop().abort()
        page.locator(".lost:not(:empty)").wait_for()
        look("lost")
        page.locator(".sheet > .text").first.click()
        page.locator("input.code").wait_for()
        look("have-code")
        page.go_back()
        code_sent(page)
        page.locator(".primary").click()
        page.locator(".places").wait_for()
        look("code")
        page.locator("input.code").press_sequentially("71")
        look("half")
        guess(page, 2)
        page.locator(".error:not(:empty)").wait_for()
        look("wrong")
        page.context.set_offline(True)
        page.locator("input.code").fill("7146")
        page.locator(".lost:not(:empty)").wait_for()
        look("offline")
        page.context.set_offline(False)
        guess(page, 0)
        page.locator(".over").wait_for()
        look("over")


@pytest.mark.parametrize("length", [6, 10])
def test_long_codes_fit(browser, server, node, length):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.get_by_label("Phone number").fill(new_phone())
        code_sent(page, length)
        page.locator(".primary").click()
        page.locator("input.code").press_sequentially("7146789012"[: length - 1])
        assert page.locator(".places i").count() == length
        require_look(page, f"sign-in-code-{length}", ELEMENTS, WIDTHS)


def test_states_in_forced_colours(browser, server):
    with visitor(browser, server.url, forced_colors="active", viewport={"width": 360, "height": 740}) as page:
        page.goto(f"{server.url}/i/DW88GC")
        page.get_by_label("Phone number").fill(new_phone())
        page.screenshot(path=PICTURES / "forced-invited.png")
        code_sent(page)
        page.locator(".primary").click()
        page.locator(".places").wait_for()
        guess(page, 2)
        page.locator(".error:not(:empty)").wait_for()
        page.screenshot(path=PICTURES / "forced-wrong.png")
        guess(page, 0)
        page.locator(".over").wait_for()
        page.screenshot(path=PICTURES / "forced-over.png")
