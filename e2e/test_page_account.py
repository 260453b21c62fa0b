"""The account behind the profile: sessions, signing out, erasing."""

import pytest
from browsing import new_phone, sign_in, visitor


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


def open_account(page):
    page.get_by_role("button", name="Account").click()
    page.get_by_role("heading", name="Account", exact=True).wait_for()


def test_back_returns_to_the_profile_and_forward_to_the_account(browser, server):
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, new_phone())
        open_account(page)
        assert page.evaluate("document.activeElement.textContent") == "Account"
        page.go_back()
        page.locator("button.account:focus").wait_for()
        page.go_forward()
        page.get_by_role("heading", name="Account", exact=True).wait_for()
        page.get_by_role("button", name="Your code").click()
        page.locator("button.account:focus").wait_for()
        open_account(page)
        page.reload()
        page.wait_for_selector(".own b")


def test_signing_out_and_in_again_begins_anew(browser, server, later):
    phone = new_phone()
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, phone)
        open_account(page)
        page.get_by_role("button", name="Sign out here").click()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()
        page.go_back()
        page.wait_for_timeout(300)
        assert page.get_by_role("heading", name="Account", exact=True).count() == 0
        later()
        sign_in(page, server.url, phone)
        open_account(page)
        page.go_back()
        page.wait_for_selector(".own b")


def test_signing_out_everywhere_ends_the_other_tab(browser, server):
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, new_phone())
        other = page.context.new_page()
        other.goto(server.url)
        other.wait_for_selector(".own b")
        open_account(page)
        page.get_by_role("button", name="Sign out everywhere").click()
        for tab in (page, other):
            tab.get_by_role("heading", name="Sign in with your phone").wait_for()


@pytest.mark.parametrize("view", ["profile", "account"])
def test_a_session_can_be_ended_from_another(browser, server, later, view):
    phone_like = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    with visitor(browser, server.url, user_agent=phone_like) as page, visitor(browser, server.url) as other:
        phone = new_phone()
        sign_in(page, server.url, phone)
        if view == "account":
            open_account(page)
        later()
        sign_in(other, server.url, phone)
        open_account(other)
        other.get_by_text("This device").wait_for()
        icons = other.locator(".sessions use").evaluate_all(
            "uses => uses.map(use => use.getAttribute('href').split('#')[1])"
        )
        assert icons == ["laptop", "phone"]
        if view == "account":  # a new session appears
            page.get_by_role("button", name="End: Chrome, Linux").wait_for(timeout=15_000)
        other.get_by_role("button", name="End: Safari, iPhone").click()
        other.locator("h2:focus").wait_for()
        assert other.inner_text("#status") == "The session was ended."
        assert other.get_by_role("button", name="End: ").count() == 0
        page.get_by_text("Your session has ended.").wait_for(timeout=15_000)  # at the next poll


def test_an_ended_session_stays_away_after_a_language_switch(browser, server, later):
    with visitor(browser, server.url) as page, visitor(browser, server.url) as other:
        phone = new_phone()
        sign_in(page, server.url, phone)
        later()
        sign_in(other, server.url, phone)
        open_account(other)
        other.get_by_role("button", name="End: Chrome, Linux").click()
        other.locator("h2:focus").wait_for()
        other.get_by_role("button", name="Русский").click()
        other.get_by_role("heading", name="Учётная запись", exact=True).wait_for()
        assert other.locator(".sessions li").count() == 1


def test_erasing_an_account_requires_its_number(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        sign_in(page, server.url, phone)
        open_account(page)
        page.get_by_text("Erase your account?").click()
        page.get_by_role("button", name="Keep it").click()
        page.locator("summary:focus").wait_for()
        page.keyboard.press("Enter")
        page.get_by_label("Type your number").fill(new_phone())
        page.get_by_role("button", name="Erase for good").click()
        page.locator(".erase .error:not(:empty)").wait_for()
        page.get_by_label("Type your number").fill(phone)
        page.get_by_role("button", name="Русский").click()  # keeps the view and what is typed
        assert page.get_by_label("введите свой номер").input_value() == phone
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="Erase for good").click()
        page.get_by_text("Your account was erased.").wait_for()
        page.reload()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()


def test_trouble_in_the_account_can_be_retried(browser, server):
    with visitor(browser, server.url, expected="Failed to load resource") as page:
        sign_in(page, server.url, new_phone())
        page.route("**/graphql", lambda route: route.fulfill(status=500, body="{}"))
        page.get_by_role("button", name="Account").click()
        page.get_by_text("Something went wrong on our side.").wait_for()
        page.unroute("**/graphql")
        page.get_by_role("button", name="Try again").click()
        page.get_by_role("heading", name="Account", exact=True).wait_for()
