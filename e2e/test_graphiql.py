"""GraphiQL in a browser without internet access."""

import json
import secrets
import urllib.request
from contextlib import contextmanager

import pytest
from browsing import PICTURES, visitor

EDIT = "([place, text]) => document.querySelectorAll('.CodeMirror')[place].CodeMirror.setValue(text)"
VARIABLES = "() => document.querySelectorAll('.CodeMirror')[1].CodeMirror.getValue()"
READ = "() => document.querySelectorAll('.CodeMirror')[3].CodeMirror.getValue()"


def run(page, tab, **variables):
    """Select a tab, fill in its variables and run it. Returns the value of the root field."""
    page.get_by_role("tab", name=tab).click()
    if variables:
        page.evaluate(EDIT, [1, json.dumps(variables)])
    page.wait_for_timeout(1000)  # GraphiQL reads the operation's name after a pause in typing
    before = page.evaluate(READ)
    page.get_by_role("button", name="Execute query").click()
    page.wait_for_function(f"before => ({READ})() !== before && ({READ})().includes('data')", arg=before)
    return next(iter(json.loads(page.evaluate(READ))["data"].values()))


def test_the_whole_flow_without_internet(start, browser):
    with start("make", "run") as server:
        with visitor(browser, server.url, viewport={"width": 1280, "height": 800}) as page:
            page.goto(f"{server.url}/graphql")
            page.wait_for_selector(".graphiql-query-editor .CodeMirror")
            phone = f"+7922{secrets.randbelow(10**7):07}"
            code = run(page, "RequestCode", phone=phone)["demoCode"]
            signed_in = run(page, "VerifyCode")
            assert json.loads(page.evaluate(VARIABLES)) == {"phone": phone, "code": code, "inviteCode": None}
            assert signed_in["__typename"] == "SignedIn"
            page.reload()
            page.wait_for_selector(".graphiql-query-editor .CodeMirror")
            me = run(page, "Me")
            assert me["phone"] == phone
            refused = run(page, "ActivateInvite", code=me["inviteCode"])
            assert refused["code"] == "OWN_INVITE"
            page.get_by_role("tab", name="Me").click()
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


HIDDEN_STORAGE = """Object.defineProperty(window, 'sessionStorage', {
  get() { throw new DOMException('denied', 'SecurityError'); }
});"""


def test_a_browser_without_storage_signs_in(server, browser):
    with visitor(browser, server.url) as page:
        page.add_init_script(HIDDEN_STORAGE)
        page.goto(f"{server.url}/graphql")
        page.wait_for_selector(".graphiql-query-editor .CodeMirror")
        phone = f"+7922{secrets.randbelow(10**7):07}"
        run(page, "RequestCode", phone=phone)
        assert run(page, "VerifyCode")["__typename"] == "SignedIn"
        assert run(page, "Me")["phone"] == phone


@pytest.fixture
def without_files(server, clone):
    """A server whose GraphiQL was not installed from npm."""
    served, away = clone / "schema/static/graphiql", clone / "graphiql.away"
    served.rename(away)
    yield server
    away.rename(served)


@contextmanager
def cdn(browser, answer):
    """A page for which `answer` handles the requests to the CDN."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("https://unpkg.com/**", answer)
    yield page
    context.close()


def test_from_the_cdn_it_is_the_same_page(without_files, clone, browser):
    installed = clone / "schema/assets/node_modules"

    def answer(route):
        path = route.request.url.removeprefix("https://unpkg.com/")
        package, _, rest = path.rpartition("@")
        file = installed / package / rest.partition("/")[2]
        route.fulfill(path=file, headers={"Access-Control-Allow-Origin": "*"})

    with cdn(browser, answer) as page:
        complaints = []
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{without_files.url}/graphql")
        page.wait_for_selector(".graphiql-query-editor .CodeMirror")
        phone = f"+7922{secrets.randbelow(10**7):07}"
        run(page, "RequestCode", phone=phone)
        assert run(page, "VerifyCode")["__typename"] == "SignedIn"
        assert complaints == []


@pytest.mark.parametrize("answer", ["refused", "silent", "forged"])
def test_files_that_do_not_load_are_reported(without_files, browser, answer):
    answers = {
        "refused": lambda route: route.abort(),
        "silent": lambda _: None,
        "forged": lambda route: route.fulfill(
            body="document.title = 'forged'", headers={"Access-Control-Allow-Origin": "*"}
        ),
    }
    with cdn(browser, answers[answer]) as page:
        page.goto(f"{without_files.url}/graphql", wait_until="commit")
        alert = page.get_by_role("alert")
        alert.wait_for()
        page.screenshot(path=PICTURES / f"graphiql-{answer}.png")
        assert "do not load from https://unpkg.com" in alert.inner_text()
        assert not page.get_by_text("Loading GraphiQL").is_visible()
        assert page.title() == "GraphiQL"
