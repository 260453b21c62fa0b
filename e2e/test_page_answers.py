"""Answers of the sign-in that are late, lost or unexpected, and modules that do not arrive."""

import json

import pytest
from browsing import ask_for_code, new_phone, shown_code, visitor
from playwright.sync_api import Route

UNREACHABLE = "Failed to load resource"
NO_CONNECTION = "No connection. What you entered is kept."


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def page(browser, server):
    with visitor(browser, server.url, expected=UNREACHABLE) as page:
        yield page


def hold(page):
    """Keep the requests of the page from the server."""
    held: list[Route] = []

    def hold(route):
        held.append(route)

    page.route("**/graphql", hold)
    return held


def held(page, requests):
    """The only request that is held."""
    page.wait_for_function("document.querySelector('[aria-busy=true]')")
    (route,) = requests
    return route


def wrong(attempts_left):
    answer = {"__typename": "WrongCode", "message": "No.", "attemptsLeft": attempts_left}
    return json.dumps({"data": {"verifyCode": answer}})


def test_a_refusal_after_the_step_was_left_does_not_lead_back(page, server):
    phone = new_phone()
    ask_for_code(page, server.url, phone)
    requests = hold(page)
    page.locator("input.code").fill("1234")
    route = held(page, requests)
    page.go_back()
    page.get_by_label("Phone number").wait_for()
    page.get_by_label("Phone number").fill("903")
    route.fulfill(body=wrong(0))
    page.wait_for_timeout(300)
    assert page.get_by_label("Phone number").input_value() == "903"
    page.go_forward()
    page.get_by_text("No attempts left for this code.").wait_for()


def test_a_new_code_that_comes_after_the_step_was_left_does_not_lead_back(page, server, later):
    phone = new_phone()
    ask_for_code(page, server.url, phone)
    later()
    page.evaluate("""() => {
        const { sent, ...step } = JSON.parse(sessionStorage.codeStep);
        sessionStorage.codeStep = JSON.stringify({ ...step, sent: { ...sent, resendAt: new Date(0) } });
    }""")
    page.reload()
    requests = hold(page)
    page.get_by_role("button", name="Text me a new code").click()
    route = held(page, requests)
    page.go_back()
    page.get_by_label("Phone number").wait_for()
    with page.expect_response("**/graphql") as answer:
        route.continue_()
    code = answer.value.json()["data"]["requestCode"]["demoCode"]
    page.wait_for_timeout(300)
    assert page.get_by_role("heading", name="Sign in with your phone").is_visible()
    page.unroute("**/graphql")
    page.go_forward()
    assert shown_code(page) == code
    page.locator("input.code").fill(code)
    page.wait_for_selector(".own b")


def test_a_refusal_after_the_language_was_switched_is_told(page, server):
    ask_for_code(page, server.url, new_phone())
    requests = hold(page)
    page.locator("input.code").fill("1234")
    route = held(page, requests)
    page.get_by_role("button", name="Русский").click()
    page.get_by_role("heading", name="Введите код").wait_for()
    assert page.locator("input.code").input_value() == "1234"
    route.fulfill(body=wrong(3))
    page.get_by_text("Осталось попыток: 3.").wait_for()


def test_an_answer_that_does_not_come_is_given_up(page, server):
    page.clock.install()
    code = ask_for_code(page, server.url, new_phone())
    requests = hold(page)
    page.locator("input.code").fill(code)
    held(page, requests)
    page.clock.fast_forward(19_000)
    assert page.get_by_role("button", name="Checking…").is_visible()
    page.clock.fast_forward(2_000)
    page.get_by_text(NO_CONNECTION).wait_for()
    assert page.locator("input.code").input_value() == code
    page.unroute("**/graphql")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".own b")


@pytest.mark.parametrize("module", ["code_step", "code_field", "phone_format"])
def test_a_module_that_does_not_arrive_is_asked_for_again(page, server, module):
    page.route(f"**/{module}.*js", lambda route: route.abort())
    page.goto(server.url)
    page.get_by_label("Phone number").fill(new_phone())
    page.get_by_role("button", name="Text me a code").click()
    page.get_by_text(NO_CONNECTION).wait_for()
    page.unroute(f"**/{module}.*js")
    page.get_by_role("button", name="Text me a code" if module == "phone_format" else "Try again").click()
    page.locator("input.code").fill(shown_code(page))
    page.wait_for_selector(".own b")


def test_the_step_is_kept_without_the_typed_code(page, server):
    code = ask_for_code(page, server.url, new_phone())
    page.evaluate("""() => {
        const step = JSON.parse(sessionStorage.codeStep);
        sessionStorage.codeStep = JSON.stringify({ ...step, sent: { ...step.sent, demoCode: null } });
    }""")
    page.reload()
    page.locator("input.code").wait_for()
    page.get_by_text("No SMS yet?").wait_for()
    kept = page.evaluate("sessionStorage.codeStep")
    page.locator("input.code").press_sequentially(code[:3])
    assert page.evaluate("sessionStorage.codeStep") == kept
    page.locator("input.code").press_sequentially(code[3])
    page.wait_for_selector(".own b")
    assert page.evaluate("sessionStorage.codeStep ?? null") is None
