"""The fields for the phone number and for the invite code."""

import re

import pytest
from browsing import PICTURES, new_phone, sign_in, visitor


@pytest.fixture(scope="module")
def server(start):
    """One that sends codes to four countries."""
    with start("make", "run", SMS_COUNTRIES="RU,KZ,AM,DE") as server:
        yield server


@pytest.fixture
def page(browser, server):
    """The page, whose requests for codes are noted and refused."""
    with visitor(browser, server.url, viewport={"width": 360, "height": 740}) as page:
        page.asked = []

        def refuse(route):
            page.asked.append(route.request.post_data_json["variables"]["phone"])
            answer = '{"data": {"requestCode": {"__typename": "InvalidPhone", "message": "No."}}}'
            route.fulfill(body=answer)

        page.route("**/graphql", refuse)
        page.goto(server.url)
        yield page


def squeezed(text):
    return re.sub("[ -]", "", text)


def typed(page, keys):
    field = page.get_by_label("Phone number")
    field.fill("")
    field.press_sequentially(keys)
    page.wait_for_timeout(50)  # the formatter is loaded at the first key
    return field.input_value()


@pytest.mark.parametrize(
    ("keys", "shown", "has_prefix"),
    [
        ("9", "9", True),
        ("9123", "912 3", True),
        ("9123456789", "912 345-67-89", True),
        ("912 345 67 89", "912 345-67-89", True),
        ("(912)345-67-89", "912 345-67-89", True),
        ("89123456789", "8 912 345-67-89", False),
        ("+79123456789", "+7 912 345-67-89", False),
        ("79123456789", "7 912 345-67-89", False),
        ("+791234567890", "+791234567890", False),
        ("+37477123456", "+374 77 123456", False),
        ("+35712345678", "+35712345678", False),  # a country that is not offered
        ("+", "+", False),
        ("8", "8", False),
        ("8 800 555 35 35", "8 800 555-35-35", False),
        ("007 912 345", "007 912 345", False),
        ("91234567890123", "91234567890123", True),
        ("912 345 six", "912 345 six", True),
        ("tel:9123456789", "tel:9123456789", True),
    ],
)
def test_numbers_are_spaced_while_they_are_typed(page, keys, shown, has_prefix):
    typed(page, keys[0])
    assert typed(page, keys) == shown
    assert page.locator(".country").is_visible() == has_prefix


def test_the_cursor_stays_at_its_digit(page):
    typed(page, "9123456789")
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"):  # behind the space
        page.keyboard.press(key)
    page.keyboard.press("Backspace")  # the space
    page.keyboard.press("Backspace")  # the digit before it
    page.keyboard.type("0")
    assert page.get_by_label("Phone number").input_value() == "910 345-67-89"
    page.keyboard.press("Home")
    for left in ("103 456-78-9", "034 567-89", "345 678-9", "456 789"):
        page.keyboard.press("Delete")
        assert page.get_by_label("Phone number").input_value() == left
    for _ in range(20):
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
    assert page.get_by_label("Phone number").input_value() == ""


def test_deleting_forwards_passes_the_spaces(page):
    typed(page, "9123456789")
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight"):  # before the space
        page.keyboard.press(key)
    for left in ("912 345-67-89", "912 456-78-9", "912 567-89"):
        page.keyboard.press("Delete")
        assert page.get_by_label("Phone number").input_value() == left


def test_another_country_spaces_the_number_anew(page):
    typed(page, "77123456")
    assert page.get_by_label("Phone number").input_value() == "771 234-56"
    page.get_by_label("Country").select_option("AM")
    page.wait_for_function("document.querySelector('input[type=tel]').value === '77 123456'")
    typed(page, "077123456")
    assert page.get_by_label("Phone number").input_value() == "077 123456"
    assert not page.locator(".country").is_visible()


def test_a_number_is_pasted_as_it_is(page):
    field = page.get_by_label("Phone number")
    typed(page, "9")
    for text, shown in (
        ("+7 (912) 345‑67‑89", "+7 (912) 345‑67‑89"),
        ("+7-912-345-67-89,", "+7-912-345-67-89,"),
    ):
        field.fill(text)
        page.wait_for_timeout(50)
        assert field.input_value() == shown
        page.keyboard.press("Enter")
        page.get_by_text("No.").wait_for()
        assert page.asked.pop() == text


def test_the_chosen_country_completes_the_number(page):
    countries = page.get_by_label("Country")
    assert countries.locator("option").all_inner_texts() == [
        "Russia +7",
        "Kazakhstan +7",
        "Armenia +374",
        "Germany +49",
    ]
    countries.select_option("AM")
    assert page.locator(".country").inner_text().startswith("+374")
    assert page.get_by_label("Phone number").get_attribute("placeholder") == "77 123456"
    sent = {
        "77123456": "+37477123456",
        "077123456": "+374077123456",  # the server drops the zero
        "37477123456": "+37477123456",
        "+79123456789": "+79123456789",
        "0077123456": "0077123456",
        "（７７） 123456": "+374（７７）123456",
        "tel:+37477123456": "tel:+37477123456",
        "tel. 77123456": "+374tel.77123456",  # refused, rather than read in another country
        "seven": "+374seven",
        "": "",
    }
    for keys, number in sent.items():
        typed(page, keys)
        page.keyboard.press("Enter")
        page.get_by_text("No.").wait_for()
        assert squeezed(page.asked.pop()) == squeezed(number)
    page.screenshot(path=PICTURES / "country.png")
    page.get_by_role("button", name="Русский").click()
    assert page.get_by_label("Страна").input_value() == "AM"


@pytest.mark.parametrize(
    "text", ["+7 495 123-45-67", "8 800 555 35 35", "12", "abc", "+7 912 345-67-89 ext. 5"]
)
def test_what_is_wrong_with_a_number_is_said(browser, server, text):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.get_by_label("Phone number").fill(text)
        page.get_by_role("button", name="Text me a code").click()
        error = page.locator(".error:not(:empty)")
        error.wait_for()
        assert squeezed(page.get_by_label("Phone number").input_value()) == squeezed(text)
        assert page.locator("[aria-invalid=true]:focus").count() == 1


def test_the_invite_code_of_a_link_can_be_changed(browser, server):
    with visitor(browser, server.url) as anna, visitor(browser, server.url) as boris:
        code = sign_in(anna, server.url, new_phone())
        boris.goto(f"{server.url}/i/ABCDEF")
        assert "ABCDEF" in boris.inner_text(".chip")
        assert not boris.get_by_label("Invite code").is_visible()
        boris.get_by_role("button", name="Change").click()
        boris.get_by_label("Invite code").fill(f"Join me: {server.url}/i/{code}!")
        boris.get_by_label("Phone number").fill(new_phone())
        boris.get_by_role("button", name="Text me a code").click()
        boris.wait_for_selector("input.code")
        boris.reload()
        boris.locator("input.code").fill(boris.inner_text(".note")[-5:-1])
        boris.wait_for_selector(".own b")
        assert code in boris.inner_text("main")


def test_an_invite_code_can_be_entered_without_a_link(browser, server):
    with visitor(browser, server.url) as page:
        page.goto(server.url)
        page.get_by_role("button", name="I have an invite code").click()
        page.locator("input.invite:focus").wait_for()
        assert "6 letters and digits" in page.inner_text("main")
        page.keyboard.type("ABCDEF")
        page.get_by_role("button", name="Русский").click()
        assert page.get_by_label("Код приглашения").input_value() == "ABCDEF"
