"""Deadlines on a device whose clock is wrong: they are counted from the server's clock."""

import re

import pytest
from browsing import PICTURES, ask_for_code, new_phone, sign_in, visitor

HOUR = 3_600  # seconds
SHIFT = """Date = class extends Date {
  constructor(...given) { given.length ? super(...given) : super(Date.now()); }
  static now() { return super.now() + %d; }
};"""


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def page(browser, server, ahead):
    with visitor(browser, server.url) as page:
        page.add_init_script(SHIFT % (ahead * 1_000))
        yield page


@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_the_countdown_to_the_next_code_ignores_the_devices_clock(page, server):
    ask_for_code(page, server.url, new_phone())
    resend = page.get_by_role("button", name="New code in")
    minutes, seconds = map(int, re.findall(r"\d+", resend.inner_text()))
    assert 30 < minutes * 60 + seconds <= 61  # the header has whole seconds, and is rounded down
    assert resend.is_disabled()
    page.screenshot(path=PICTURES / "clock.png")


@pytest.mark.parametrize("ahead", [580])  # a token lives for ten minutes
def test_access_tokens_are_refreshed_when_they_expire_and_not_before(page, server):
    asked = []
    page.on("request", lambda request: asked.append("refreshSession" in (request.post_data or "")))
    sign_in(page, server.url, new_phone())
    with page.expect_response("**/graphql"):  # a poll
        pass
    assert sum(asked) == 0


@pytest.mark.parametrize("ahead", [-HOUR])
def test_a_rate_limit_names_the_time_on_the_devices_clock_to_the_second(page, server):
    refused = '{"data": {"requestCode": {"__typename": "RateLimited", "message": "Wait.", "retryAt": "%s"}}}'

    def refuse(route):
        headers = {"Date": "Sat, 28 Nov 2026 12:00:00 GMT"}
        route.fulfill(headers=headers, body=refused % "2026-11-28T12:01:30.250000+00:00")

    page.goto(server.url)
    page.get_by_label("Phone number").fill(new_phone())
    page.route("**/graphql", refuse, times=1)
    before = page.evaluate("Date.now()")
    page.get_by_role("button", name="Text me a code").click()
    shown = page.locator(".error", has_text="Try again at").inner_text()
    said = re.search(r"at (\d+):(\d\d):(\d\d)\s(AM|PM)", shown)
    assert said
    after = page.evaluate("Date.now()")
    hours, minutes, seconds = map(int, said.groups()[:3])
    at = (hours % 12 + 12 * (said[4] == "PM")) * HOUR + minutes * 60 + seconds
    midnight = page.evaluate("new Date().setHours(0, 0, 0, 0)")
    assert (before - midnight) / 1_000 + 90 <= at <= (after - midnight) / 1_000 + 92
