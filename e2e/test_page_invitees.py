"""The list of invitees: newcomers, days, numbers."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from browsing import new_phone, sign_in, visitor
from crowd import came_at, crowd, new_phones
from test_page_clock import SHIFT


@pytest.fixture(scope="module")
def server(start):
    with start("make", "run") as server:
        yield server


@pytest.fixture
def database(clone):
    return clone / "db.sqlite3"


def days(page):
    """The days shown, with their counts and numbers of people."""
    script = """days => days.map(day => [
        ...Array.from(day.querySelectorAll("h3 span"), span => span.textContent),
        day.querySelectorAll("li").length])"""
    return [tuple(day) for day in page.locator(".days > div").evaluate_all(script)]


def test_a_newcomer_appears_and_changes_the_picture(browser, server):
    with visitor(browser, server.url) as page:
        code = sign_in(page, server.url, new_phone())
        page.get_by_role("heading", name="Who will be the first?").wait_for()
        page.get_by_text("This place is kept for your first friend").wait_for()
        assert page.locator("circle[stroke-dasharray]").count() == 1
        phone = new_phone()
        crowd(server.port, code, [phone])
        page.get_by_role("heading", name="1 person came with you").wait_for(timeout=15_000)
        shown = f"+7 {phone[2:5]} {phone[5:8]}-{phone[8:10]}-{phone[10:]}"
        assert page.inner_text("#status") == f"Just came: {shown}."
        assert (page.locator("circle[stroke-dasharray]").count(), page.locator(".both").count()) == (0, 1)
        assert page.inner_text(".people .dot") == phone[-2:]
        assert days(page) == [("Today", "1", 1)]
        assert not page.get_by_text("This place is kept").is_visible()


@pytest.mark.parametrize("ahead", [-40, 40])  # hours that the device's clock is wrong
def test_days_begin_at_the_viewers_midnight_by_the_servers_clock(browser, server, database, ahead):
    zone = ZoneInfo("Asia/Kathmandu")
    midnight = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    second, day = timedelta(seconds=1), timedelta(days=1)
    with visitor(browser, server.url, timezone_id=zone.key) as page:
        page.add_init_script(SHIFT % (ahead * 3_600_000))
        code = sign_in(page, server.url, new_phone())
        phones = new_phones(5)
        crowd(server.port, code, phones)
        times = (midnight - day - second, midnight - day, midnight - second, midnight, None)
        for phone, time in zip(phones, times, strict=True):
            if time:
                came_at(database, phone, time.astimezone(UTC))
        page.reload()
        page.wait_for_selector(".days h3")
        before = midnight - day - second
        assert days(page) == [
            ("Today", "2", 2),
            ("Yesterday", "2", 2),
            (f"{before:%B} {before.day}", "1", 1),
        ]


def test_a_day_is_counted_once_all_of_it_is_loaded(browser, server, database):
    with visitor(browser, server.url) as page:
        code = sign_in(page, server.url, new_phone())
        phones = new_phones(27)
        crowd(server.port, code, phones)
        for phone in phones[:25]:
            came_at(database, phone, datetime.now(UTC) - timedelta(days=400))
        page.reload()
        page.wait_for_selector(".days h3")
        assert [counts[1:] for counts in days(page)] == [("2", 2), ("", 18)]
        page.get_by_role("button", name="Show all 27").press("Enter")
        page.locator(".people li").nth(26).wait_for()
        assert [counts[1:] for counts in days(page)] == [("2", 2), ("25", 25)]
        assert re.search(r", \d{4}$", days(page)[1][0])  # of another year
        assert page.get_by_role("button", name="Show").count() == 1  # the QR code
        assert page.evaluate("document.activeElement.matches('li:nth-child(19)')")  # reading goes on there
        page.locator("header button").click()  # another language
        assert [counts[1:] for counts in days(page)] == [("2", 2), ("25", 25)]


def test_an_erased_account_stays_in_the_list(browser, server):
    with visitor(browser, server.url) as page, visitor(browser, server.url) as other:
        code = sign_in(page, server.url, new_phone())
        phone = new_phone()
        sign_in(other, f"{server.url}/i/{code}", phone)
        page.locator(".people li").wait_for(timeout=15_000)
        other.get_by_role("button", name="Account").click()
        other.get_by_text("Erase your account?").click()
        other.get_by_label("Type your number").fill(phone)
        other.get_by_role("button", name="Erase for good").click()
        page.get_by_text("Account erased").wait_for(timeout=15_000)
        assert page.locator(".people li").count() == 1
        assert page.inner_text(".people .dot") == ""


def test_numbers_are_spaced_and_stay_valid(browser, server):
    table = {
        "+79163794816": "+7 916 379-48-16",
        "+77012345678": "+7 701 234-56-78",
        "+12025550123": "+1 202 555-0123",
        "+375291234567": "+375 29 123-45-67",
        "+447911123456": "+44 7911 123456",
        "+33612345678": "+33 6 12 34 56 78",
        "+34612345678": "+34 612 345 678",
        "+4915123456789": "+49 151 234 567 89",
        "+6591234567": "+65 912 345 67",
        "+791******01": "+7 91* ***-**-01",
        "+37*****45": "+37*****45",
    }
    with visitor(browser, server.url) as page:
        sign_in(page, server.url, new_phone())
        script = """async phones => {
            const { spaced } = await import("/static/web/people.js");
            return phones.map(spaced);
        }"""
        assert dict(zip(table, page.evaluate(script, list(table)), strict=True)) == table


def test_a_poll_keeps_the_focus_and_the_selection(browser, server):
    with visitor(browser, server.url) as page:
        code = sign_in(page, server.url, new_phone())
        crowd(server.port, code, new_phones(1))
        page.locator(".people li").wait_for(timeout=15_000)
        page.evaluate("document.querySelector('h1').focus(); document.activeElement.isKept = true")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('h3 span'))")
        with page.expect_response("**/graphql", timeout=15_000):
            pass
        page.wait_for_timeout(200)
        assert page.evaluate("getSelection().toString()") == "Today"
        assert page.evaluate("document.activeElement.isKept")
