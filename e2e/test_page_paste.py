"""Pasting a message into the field for the code. Only a code without doubt is sent."""

import pytest
from browsing import PICTURES, ask_for_code, new_phone, visitor

CODE = "4821"  # of four digits, as the demonstration sends them


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def page(browser, server):
    """A page that asks for the code, and whose guesses go nowhere."""
    with visitor(browser, server.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask_for_code(page, server.url, new_phone())
        answer = '{"data": {"verifyCode": {"__typename": "WrongCode", "message": "No.", "attemptsLeft": 4}}}'
        page.sent = []

        def refuse(route):
            page.sent.append(route.request.post_data_json["variables"]["code"])
            route.fulfill(body=answer)

        page.route("**/graphql", refuse)
        yield page


def paste(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("input.code").fill("")
    page.locator("input.code").focus()
    page.keyboard.press("Control+V")


def test_a_code_without_doubt_is_sent(page):
    for text in (
        f"Call 8800 by 2026. Your code: 1234.\n\n@localhost #{CODE}",
        f"Ваш код для входа: {CODE}. Никому его не сообщайте, даже по номеру 8-800-2000-600.",
        f"«{CODE}» is valid until 12:30 on 28.11.2026",
        " 48-21 ",
    ):
        with page.expect_response("**/graphql"):
            paste(page, text)
        page.get_by_text("That is not the code.").wait_for()
    assert page.sent == [CODE] * 4


def test_a_doubtful_code_is_not_sent(page):
    paste(page, f"The code {CODE} is valid in 2026")
    page.get_by_text("There are several numbers in this text.").wait_for()
    assert page.locator("input.code").input_value() == CODE
    page.screenshot(path=PICTURES / "pasted.png")
    paste(page, "+7 925 761-44-86")
    page.get_by_text("There is no code of the right length in this text.").wait_for()
    for text, kept in ((f"{CODE}5", CODE), (f"{CODE} 7777", CODE), ("Room 48b21", CODE)):
        paste(page, text)
        assert page.locator("input.code").input_value() == kept
    assert page.sent == []
