"""The step that asks for the code survives what happens between the SMS and the code."""

import re

import pytest
from browsing import PICTURES, ask_for_code, new_phone, shown_code, visitor

UNREACHABLE = "Failed to load resource"
CODE_STEP = "Enter the code"


def another(code):
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def asked(page):
    """The names of the operations that the page sends from now on."""
    names: list[str] = []
    page.on("request", lambda request: names.extend(re.findall(r"\) \{\s*(\w+)", request.post_data or "")))
    return names


def require_code_step(page):
    page.get_by_role("heading", name=CODE_STEP).wait_for()
    page.wait_for_selector("input.code:focus")


def require_signed_in(page):
    page.wait_for_selector(".own b")


def test_a_reload_keeps_the_step(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        code = ask_for_code(page, server.url, phone)
        page.reload()
        require_code_step(page)
        assert page.inner_text(".words b").replace(" ", "").replace("-", "") == phone
        assert "New code in" in page.inner_text("main")
        page.locator("input.code").fill(code)
        require_signed_in(page)


def test_back_and_forward_lead_between_the_steps(browser, server):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        code = ask_for_code(page, server.url, phone)
        page.go_back()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()
        assert re.sub(r"\D", "", page.get_by_label("Phone number").input_value()) == phone[1:]
        page.go_forward()
        require_code_step(page)
        page.reload()
        page.go_back()
        page.get_by_label("Phone number").wait_for()
        page.go_forward()
        page.locator("input.code").fill(code)
        require_signed_in(page)
        page.go_back()
        page.wait_for_timeout(300)
        require_signed_in(page)  # not a code that was used
        page.reload()
        require_signed_in(page)


def test_leaving_for_another_site_and_coming_back_keeps_the_step(browser, server):
    with visitor(browser, server.url) as page:
        code = ask_for_code(page, server.url, new_phone())
        page.goto("about:blank")
        page.go_back()
        require_code_step(page)
        page.goto("about:blank")
        page.goto(server.url)  # typed anew
        require_code_step(page)
        page.locator("input.code").fill(code)
        require_signed_in(page)


def test_a_tab_that_the_phone_dropped_keeps_the_step(browser, server):
    with visitor(browser, server.url) as page:
        code = ask_for_code(page, server.url, new_phone())
        kept = page.evaluate("({ ...sessionStorage })")
        restored = page.context.new_page()
        restored.add_init_script(f"Object.assign(sessionStorage, {kept!r})")
        restored.goto(server.url)
        require_code_step(restored)
        restored.locator("input.code").fill(code)
        require_signed_in(restored)


def test_the_same_number_again_needs_no_second_code(browser, server):
    with visitor(browser, server.url) as page:
        code = ask_for_code(page, server.url, new_phone())
        page.get_by_role("button", name="Another number").click()
        page.get_by_label("Phone number").wait_for()
        names = asked(page)
        page.get_by_role("button", name="Text me a code").click()
        require_code_step(page)
        assert page.inner_text("#status") == "A code was already sent to this number."
        assert names == []
        page.locator("input.code").fill(code)
        require_signed_in(page)


@pytest.mark.parametrize("spelling", ["8{}", "+7 {}", "7{}", "007{}", "({})"])
def test_another_spelling_of_the_number_needs_no_second_code_either(browser, server, spelling):
    with visitor(browser, server.url) as page:
        phone = new_phone()
        code = ask_for_code(page, server.url, phone)
        page.go_back()
        page.get_by_label("Phone number").fill(spelling.format(phone[2:]))
        names = asked(page)
        page.get_by_role("button", name="Text me a code").click()
        require_code_step(page)
        assert (names, shown_code(page)) == ([], code)


def test_a_code_that_another_browser_asked_for_can_be_entered(browser, server):
    with visitor(browser, server.url) as other, visitor(browser, server.url) as page:
        phone = new_phone()
        code = ask_for_code(other, server.url, phone)
        page.goto(server.url)
        page.get_by_label("Phone number").fill(phone)
        page.get_by_role("button", name="Text me a code").click()
        page.get_by_text("Too many attempts").wait_for()
        page.get_by_role("button", name="Русский").click()
        page.get_by_role("button", name="У меня уже есть код").click()
        page.get_by_role("heading", name="Введите код").wait_for()
        page.get_by_role("button", name="English").click()
        page.get_by_role("heading", name=CODE_STEP).wait_for()
        assert page.get_by_role("button", name="New code in").is_disabled()
        page.screenshot(path=PICTURES / "have-code.png")
        page.get_by_label("Code from the SMS").fill(another(code))
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("Attempts left: 4.").wait_for()
        page.get_by_label("Code from the SMS").fill(code)
        page.get_by_role("button", name="Sign in").click()
        require_signed_in(page)


def test_a_lost_answer_leads_to_the_code_too(browser, server):
    with visitor(browser, server.url, expected=UNREACHABLE) as page:
        phone, codes = new_phone(), []

        def lose(route):
            codes.append(route.fetch().json()["data"]["requestCode"]["demoCode"])
            route.abort()

        page.goto(server.url)
        page.get_by_label("Phone number").fill(phone)
        page.route("**/graphql", lose, times=1)
        page.get_by_role("button", name="Text me a code").click()
        page.get_by_role("button", name="I already have a code").click()
        page.get_by_label("Code from the SMS").fill(codes[0])
        page.reload()
        page.get_by_label("Code from the SMS").fill(codes[0])
        page.get_by_role("button", name="Sign in").click()
        require_signed_in(page)


def test_a_step_whose_code_is_long_over_is_dropped(browser, server):
    with visitor(browser, server.url) as page:
        ask_for_code(page, server.url, new_phone())
        page.evaluate("""() => {
            const step = JSON.parse(sessionStorage.codeStep);
            sessionStorage.codeStep = JSON.stringify({ ...step, until: Date.now() - 1000 });
        }""")
        page.reload()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()


def test_an_invite_link_is_not_answered_with_the_step_of_another_visit(browser, server):
    with visitor(browser, server.url) as page:
        ask_for_code(page, server.url, new_phone())
        page.goto(f"{server.url}/i/ABCDEF")
        page.get_by_role("heading", name="A friend invited you").wait_for()
        code = ask_for_code(page, f"{server.url}/i/ABCDEF", new_phone())
        page.reload()
        require_code_step(page)
        assert shown_code(page) == code


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_no_attempts_left_leads_to_the_next_code(browser, server, later, locale):
    texts = {
        "en-US": ("Phone number", "Text me a code", "No attempts left", "New code in", "Text me a new code"),
        "ru-RU": (
            "Номер телефона",
            "Получить код по SMS",
            "Попыток больше нет",
            "Новый код",
            "Получить новый код",
        ),
    }
    label, button, over, waiting, again = texts[locale]
    with visitor(browser, server.url, locale=locale, viewport={"width": 360, "height": 740}) as page:
        code = ask_for_code(page, server.url, new_phone(), label, button)
        for _ in range(5):
            with page.expect_response("**/graphql"):
                page.locator("input.code").fill(another(code))
        page.get_by_text(over).wait_for()
        assert page.locator("input.code").is_disabled()
        assert page.get_by_role("button", name=waiting).is_disabled()
        assert page.locator("progress").is_visible()
        page.screenshot(path=PICTURES / f"over-{locale}.png")
        page.reload()
        page.get_by_text(over).wait_for()
        later(minutes=1)
        page.evaluate("""() => {
            const { sent, ...step } = JSON.parse(sessionStorage.codeStep);
            sessionStorage.codeStep = JSON.stringify({ ...step, sent: { ...sent, resendAt: new Date(0) } });
        }""")
        page.reload()
        page.get_by_role("button", name=again).click()
        page.wait_for_selector("input.code:enabled")
        page.locator("input.code").fill(shown_code(page))
        require_signed_in(page)
