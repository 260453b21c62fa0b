"""GraphiQL in a browser that reaches this machine and nothing else."""

import json
import secrets
import shutil
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from conftest import E2E, need

NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
PICTURES = E2E / "pictures"
EDIT = "([place, text]) => document.querySelectorAll('.CodeMirror')[place].CodeMirror.setValue(text)"
READ = "() => document.querySelectorAll('.CodeMirror')[3].CodeMirror.getValue()"


@pytest.fixture
def browser():
    path = shutil.which("google-chrome") or need("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", NOWHERE])
        yield chromium
        chromium.close()


@contextmanager
def looked_at(browser, url):
    """A page that must say nothing bad, and ask nobody else."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints, asked = [], set()
    page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(url)
    yield page
    assert complaints == []
    assert asked <= {urlsplit(url).netloc, ""}  # the latter of data: URLs
    page.close()


def run(page, tab, **variables):
    """Choose a tab, fill its variables in and run it: what the window with the result shows."""
    page.get_by_role("tab", name=tab).click()
    if variables:
        page.evaluate(EDIT, [1, json.dumps(variables)])
    page.wait_for_timeout(1000)  # GraphiQL looks up the operation's name when nobody typed for a moment
    before = page.evaluate(READ)
    page.get_by_role("button", name="Execute query").click()
    page.wait_for_function(f"before => ({READ})() !== before && ({READ})().includes('data')", arg=before)
    return next(iter(json.loads(page.evaluate(READ))["data"].values()))


def test_the_whole_flow_without_internet(start, browser):
    with start("make", "run") as server:
        with looked_at(browser, f"{server.url}/graphql") as page:
            page.wait_for_selector(".graphiql-query-editor .CodeMirror")
            phone = f"+7922{secrets.randbelow(10**7):07}"
            code = run(page, "RequestCode", phone=phone)["demoCode"]
            signed_in = run(page, "VerifyCode", phone=phone, code=code)
            assert signed_in["__typename"] == "SignedIn"
            me = run(page, "Me")
            assert me["phone"] == phone
            refused = run(page, "ActivateInvite", code=me["inviteCode"])
            assert refused["code"] == "OWN_INVITE"
            page.get_by_role("tab", name="Me").click()
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / "graphiql.png")
            kept = page.evaluate("() => JSON.stringify(localStorage) + document.cookie + location.href")
            for secret in (phone, code, signed_in["accessToken"], signed_in["refreshToken"]):
                assert secret not in kept
        with urllib.request.urlopen(
            urllib.request.Request(f"{server.url}/graphql", headers={"Accept": "text/html"})
        ) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
