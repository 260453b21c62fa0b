"""A browser without internet access, and the common steps of a visitor."""

import re
import secrets
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
E2E = Path(__file__).parent
PICTURES = E2E / "pictures"
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-US"}


@contextmanager
def visitor(browser, url, expected=None, **context):
    """A page in a new browser context. Fails on console output except `expected`, or requests elsewhere."""
    PICTURES.mkdir(exist_ok=True)
    own = browser.new_context(**PHONE | context)
    page = own.new_page()
    complaints, asked = [], set()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    yield page
    assert [text for text in complaints if expected is None or expected not in text] == []
    assert asked <= {urlsplit(url).netloc, ""}  # data: URLs have no host
    own.close()


def new_phone():
    return f"+7925{secrets.randbelow(10**7):07}"


def shown_code(page):
    """The sign-in code that the page shows in demonstration mode."""
    page.wait_for_selector("input.code")
    code = re.search(r"\d{4,}", page.inner_text(".note"))
    assert code
    return code[0]


def ask_for_code(page, url, phone, label="Phone number", button="Text me a code"):
    """Request a code, and return it."""
    page.goto(url)
    page.get_by_label(label).first.fill(phone)
    page.get_by_role("button", name=button).click()
    return shown_code(page)


def sign_in(page, url, phone):
    """Sign in, and return the invite code."""
    page.locator("input.code").fill(ask_for_code(page, url, phone))
    page.wait_for_selector(".own b")
    return page.inner_text(".own b")
