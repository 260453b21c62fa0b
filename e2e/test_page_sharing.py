"""Sharing the own code: messengers, the share sheet, copying, and the QR code."""

from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import new_phone, sign_in, visitor

PITCH = 'Вдвоём — 100 % "лучше" & #веселее?'
BRAND = f"""addEventListener("DOMContentLoaded", () => {{
    Object.assign(document.documentElement.dataset, {{ brand: "Tom & Son", pitchEn: {PITCH!r}, pitch: "" }});
}});"""
SHARE_SHEET = """navigator.share = async (what) => {
    window.shared = what;
    if (window.failure) throw new DOMException("No", window.failure);
};"""
NO_DIALOG = "delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { get: () => undefined });"


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def page(browser, server):
    with visitor(browser, server.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.add_init_script(BRAND)
        yield page


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_messengers_get_the_text_and_the_link(page, server):
    code = sign_in(page, server.url, new_phone())
    link, text = f"{server.url}/i/{code}", f"{PITCH}\nHere is my invite code for Tom & Son: {code}."
    ways = page.locator(".ways a")
    hrefs = [urlsplit(href) for href in ways.evaluate_all("ways => ways.map(way => way.href)")]
    found = [(href.scheme, href.netloc, href.path, parse_qs(href.query)) for href in hrefs]
    assert found == [
        ("https", "t.me", "/share/url", {"url": [link], "text": [text]}),
        ("https", "wa.me", "/", {"text": [f"{text}\n{link}"]}),
        ("sms", "", "", {"body": [f"{text}\n{link}"]}),
    ]
    assert set(ways.evaluate_all("ways => ways.map(way => `${way.target} ${way.rel}`)")) == {
        "_blank noopener"
    }


def test_the_share_sheet_is_used_where_there_is_one(page, server):
    page.add_init_script(SHARE_SHEET)
    code = sign_in(page, server.url, new_phone())
    text, link = f"{PITCH}\nHere is my invite code for Tom & Son: {code}.", f"{server.url}/i/{code}"
    page.evaluate("navigator.clipboard.writeText('before')")
    share = page.get_by_role("button", name="Share your code")
    share.click()
    assert page.evaluate("shared") == {"text": text, "url": link}
    page.evaluate("window.failure = 'AbortError'")  # the user closes the sheet
    share.click()
    page.wait_for_timeout(100)
    assert clipboard(page) == "before"
    page.evaluate("window.failure = 'NotAllowedError'")
    share.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert clipboard(page) == f"{text}\n{link}"


def test_without_a_share_sheet_the_text_is_copied(page, server):
    page.add_init_script("delete Navigator.prototype.share")
    code = sign_in(page, server.url, new_phone())
    page.get_by_role("button", name="Share your code").click()
    page.locator(".primary", has_text="Copied").wait_for()
    assert page.inner_text("#status") == "Copied"
    assert clipboard(page).endswith(f": {code}.\n{server.url}/i/{code}")
    page.get_by_role("button", name="Share your code").wait_for()  # again, after a while
    assert page.inner_text("#status") == ""


def test_copying_the_link_twice_shows_its_name_again(page, server):
    code = sign_in(page, server.url, new_phone())
    for _ in range(2):
        page.locator(".ways button").click()
        page.locator(".ways button", has_text="Copied").wait_for()
    assert clipboard(page) == f"{server.url}/i/{code}"
    page.get_by_role("button", name="Copy link").wait_for()


@pytest.mark.parametrize("name", ["Copy link", "Share your code"])
def test_without_a_clipboard_the_text_is_shown_selected(page, server, name):
    page.add_init_script(NO_CLIPBOARD + "delete Navigator.prototype.share")
    code = sign_in(page, server.url, new_phone())
    page.get_by_role("button", name=name).click()
    page.get_by_label("Copy it from here").wait_for()
    selected = page.evaluate("getSelection().toString()")
    link = f"{server.url}/i/{code}"
    assert selected == link if name == "Copy link" else selected.endswith(f": {code}.\n{link}")


@pytest.mark.parametrize("lack", ["", NO_DIALOG])
def test_the_qr_code_opens_large_and_the_focus_returns(page, server, lack):
    page.add_init_script(lack)
    code = sign_in(page, server.url, new_phone())
    opener = page.get_by_role("button", name="Show the QR code large")
    opener.focus()
    for close in ("Escape", "Enter"):
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Let a friend scan this")
        dialog.wait_for()
        assert f"{server.url}/i/{code}" in dialog.inner_text()
        box = dialog.get_by_role("img", name="QR code of your invite link").bounding_box()
        assert box
        assert box["width"] > 250
        for _ in range(3):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "[document.body, document.querySelector('dialog button')].includes(document.activeElement)"
            )
        page.locator("dialog button").focus()
        page.keyboard.press(close)
        dialog.wait_for(state="detached")
        assert opener.evaluate("opener => opener === document.activeElement")
