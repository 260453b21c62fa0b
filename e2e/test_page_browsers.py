"""Signing in with a browser that lacks or forbids what the page uses: storage, channels and locks."""

import pytest
from browsing import PICTURES, ask_for_code, new_phone, sign_in, visitor

NAMES = ["localStorage", "sessionStorage", "BroadcastChannel"]
LACKS = {
    "null": "null",
    "missing": "undefined",
    "throwing": "(() => { throw new DOMException('Access is denied', 'SecurityError'); })()",
}


def without(value):
    """A script that gives the names this value."""
    names = "".join(f"Object.defineProperty(window, '{name}', {{ get: () => {value} }});" for name in NAMES)
    return f"{names} Object.defineProperty(navigator, 'locks', {{ get: () => {value} }});"


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.mark.parametrize("lack", LACKS)
def test_signing_in_works_without_storage_channels_and_locks(browser, server, lack):
    with visitor(browser, server.url) as page:
        page.add_init_script(without(LACKS[lack]))
        code = sign_in(page, server.url, new_phone())
        page.get_by_role("button", name="Русский").click()
        page.get_by_role("heading", name="Кто будет первым?").wait_for()
        assert page.inner_text(".own b") == code
        page.screenshot(path=PICTURES / f"storage-{lack}.png")


def test_locks_that_refuse_and_a_full_storage_do_not_matter(browser, server):
    with visitor(browser, server.url) as page:
        page.add_init_script("""
            navigator.locks.request = () => Promise.reject(new DOMException("Denied", "SecurityError"));
            Storage.prototype.setItem = () => { throw new DOMException("Full", "QuotaExceededError"); };
        """)
        sign_in(page, server.url, new_phone())
        page.get_by_role("button", name="Account").click()
        page.get_by_role("button", name="Sign out here").click()
        page.get_by_role("heading", name="Sign in with your phone").wait_for()


@pytest.mark.parametrize("lack", LACKS)
def test_back_and_forward_work_without_storage(browser, server, lack):
    with visitor(browser, server.url) as page:
        page.add_init_script(without(LACKS[lack]))
        code = ask_for_code(page, server.url, new_phone())
        page.go_back()
        page.get_by_label("Phone number").wait_for()
        page.go_forward()
        page.locator("input.code").fill(code)
        page.wait_for_selector(".own b")


def test_a_phone_fills_in_the_code_from_the_sms(browser, server):
    """WebOTP, which a desktop lacks: this stands for it. Only the step that is shown waits for an SMS."""
    with visitor(browser, server.url) as page:
        page.add_init_script("""
            window.OTPCredential = class {};
            window.waiting = [];
            CredentialsContainer.prototype.get = ({ otp, signal }) => new Promise((resolve, reject) => {
                const each = { otp, signal, arrive: (code) => resolve({ code }) };
                window.waiting.push(each);
                signal.addEventListener("abort", () => reject(signal.reason));
            });
        """)
        code = ask_for_code(page, server.url, new_phone())
        page.go_back()
        page.get_by_label("Phone number").wait_for()
        page.go_forward()
        page.wait_for_selector("input.code")
        assert page.evaluate("waiting.map(({ signal }) => signal.aborted)") == [True, False]
        page.evaluate("code => waiting[1].arrive(code)", code)
        page.wait_for_selector(".own b")
        assert page.evaluate("waiting[1].signal.aborted")
