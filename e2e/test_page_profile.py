"""The profile: who invited the user, and a failing stylesheet."""

import pytest
from browsing import new_phone, sign_in, visitor


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


def test_the_profile_is_shown_without_its_stylesheet(browser, server):
    with visitor(browser, server.url, expected="Failed to load resource") as page:
        page.route("**/profile*.css", lambda route: route.abort())
        sign_in(page, server.url, new_phone())


def test_the_question_is_asked_once_and_then_gone(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url) as page:
        code = sign_in(anna, server.url, new_phone())
        sign_in(page, server.url, new_phone())
        asked = []
        page.on("request", lambda request: asked.append("activateInvite" in (request.post_data or "")))
        page.get_by_text("Did someone invite you?").click()
        link = page.get_by_label("Invite code or link")
        link.press("Enter")
        page.get_by_text("Enter the code or the link you were sent.").wait_for()
        for text in (
            f"{server.url}/i/{code}/?from=sms",
            f"«{code.lower()}»",
            f" {code[:3]}-{code[3:]}",
            f"My code is {code}.",
        ):
            link.fill(text)
            link.press("Enter")
            page.get_by_text(f"Use {code}?").wait_for()
        page.get_by_role("button", name="Not now").click()
        page.locator("summary:focus").wait_for()
        page.keyboard.press("Enter")
        link.press("Enter")
        page.get_by_role("button", name="Русский").click()  # keeps the question and what is typed
        page.get_by_text(f"Использовать {code}?").wait_for()
        assert page.get_by_label("Код приглашения").input_value() == f"My code is {code}."
        page.get_by_role("button", name="English").click()
        assert not any(asked)
        page.get_by_role("button", name="Yes, use it").click()
        page.get_by_role("heading", name=f"You came with {code}").wait_for()
        assert sum(asked) == 1
        page.reload()
        page.get_by_role("heading", name=f"You came with {code}").wait_for()
        assert page.get_by_text("Did someone invite you?").count() == 0


def test_a_signed_in_user_can_use_the_code_of_a_link(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url) as page:
        code = sign_in(anna, server.url, new_phone())
        sign_in(page, server.url, new_phone())
        page.goto(f"{server.url}/i/{code}")
        page.get_by_role("button", name="Use this code").click()
        page.locator(".note:focus").wait_for()
        page.keyboard.press("Enter")  # a second one must not confirm
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator(".done:focus").wait_for()
        assert page.inner_text("#status") == f"You came with {code}"
        order = page.locator("main > *").evaluate_all("all => all.map(({ className }) => className)")
        assert order == ["ticket", "card done", "", "account"]


def test_a_refused_code_can_be_corrected(browser, server):
    with visitor(browser, server.url) as page:
        own = sign_in(page, server.url, new_phone())
        page.get_by_text("Did someone invite you?").click()
        for code, reason in (("ZZZZZZ", "There is no such invite code."), (own, "own")):
            page.get_by_label("Invite code or link").fill(code)
            page.get_by_role("button", name="Use this code").click()
            page.get_by_role("button", name="Yes, use it").click()
            page.locator(".error", has_text=reason).wait_for()
            assert page.evaluate("document.activeElement.value") == code
