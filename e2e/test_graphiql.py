"""GraphiQL in a browser without internet access."""

import json
import secrets
import urllib.request

from browsing import PICTURES, visitor

EDIT = "([place, text]) => document.querySelectorAll('.CodeMirror')[place].CodeMirror.setValue(text)"
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
            signed_in = run(page, "VerifyCode", phone=phone, code=code)
            assert signed_in["__typename"] == "SignedIn"
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
