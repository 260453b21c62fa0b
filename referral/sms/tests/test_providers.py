"""Real gateways, against a provider on this machine that behaves well or badly."""

import io
import json
import logging
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from referral.sms import sending
from referral.sms.gateway import gateways
from referral.sms.outcome import Outcome, Report
from referral.sms.sending import attempts, send
from referral.tests.provider_server import provider

pytestmark = pytest.mark.slow  # some wait for a time-out

NUMBER, TEXT = "+79110000001", "Your sign-in code: 4711. Don't share it with anyone.\n@example.com #4711"
TAKEN, REFUSED, UNKNOWN = Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN


@pytest.fixture
def played():
    with provider() as plays:
        yield plays


@pytest.fixture(autouse=True)
def patience(settings):
    settings.SMS_TIMEOUT = 1


@pytest.fixture
def exolve(settings, played):
    settings.SMS_URL = exolve_url(played)
    return played


@pytest.fixture
def generic(settings, played):
    settings.SMS_URL = generic_url(played)
    return played


def exolve_url(played):
    return f"exolve://the.api-KEY@Sender?api=http://127.0.0.1:{played.port}"


def generic_url(played):
    return f"json://user:SECRET@127.0.0.1:{played.port}/sms?:to={{phone}}"


def test_exolve_is_asked_as_its_documentation_has_it(exolve):
    assert send(NUMBER, TEXT) is TAKEN
    (asked,) = exolve.asked
    assert (asked.method, asked.path) == ("POST", "/messaging/v1/SendSMS")
    assert asked.headers["authorization"] == "Bearer the.api-KEY"
    assert asked.headers["content-type"] == "application/json"
    assert asked.message == {"number": "Sender", "destination": "79110000001", "text": TEXT}


ENDLESS = {"hang", "drip"}
EXOLVE = {
    "ok": TAKEN,
    "400": REFUSED,
    "401": REFUSED,
    "429": REFUSED,
    "500": REFUSED,
    "502": UNKNOWN,
    "504": UNKNOWN,
    "302": REFUSED,
    "error": REFUSED,
    "garbage": UNKNOWN,
    "hang": UNKNOWN,
    "drip": UNKNOWN,
    "reset": UNKNOWN,
}


@pytest.mark.parametrize("mode", EXOLVE)
def test_what_exolve_says_is_understood_in_time(exolve, mode):
    exolve.mode = mode
    assert send(NUMBER, TEXT) is EXOLVE[mode]
    assert len(exolve.asked) == 1
    assert exolve.answered == 0 or mode not in ENDLESS


@pytest.mark.parametrize("answer", [{}, [], {"message_id": ""}, {"id": 1}, None, "ok"])
def test_a_success_without_a_message_id_is_none(exolve, monkeypatch, answer):
    monkeypatch.setattr("referral.tests.provider_server.OK", answer)
    assert send(NUMBER, TEXT) is UNKNOWN


EMPTY: list[object] = [None, "", {}]
REPLIES: list[tuple[int, object, Outcome]] = [
    *((status, {"message_id": "1"}, TAKEN) for status in (200, 201, 202, 203, 206, 299)),
    (200, {"message_id": 439166641150091221}, TAKEN),
    (202, {"message_id": "1", "error": None}, TAKEN),
    *((status, {}, UNKNOWN) for status in (200, 201, 202)),
    *((status, {"error": {"code": 3, "message": "no"}}, REFUSED) for status in (200, 201, 202)),
    *((status, {"error": empty}, UNKNOWN) for status in (200, 500) for empty in EMPTY),
    *((status, {"message_id": "1"}, REFUSED) for status in (301, 307, 400, 404)),
    *((status, {}, REFUSED) for status in (400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 429, 451)),
    *((status, {"error": "no"}, REFUSED) for status in (400, 408, 425, 429, 500, 501, 503, 507, 599)),
    *((status, {}, UNKNOWN) for status in (408, 425, 500, 501, 502, 503, 504, 505, 507, 511, 520, 524, 599)),
    *((status, {"message_id": "1"}, UNKNOWN) for status in (408, 425, 500, 503)),
    *((status, {"error": "from a proxy"}, UNKNOWN) for status in (502, 504)),
]


@pytest.mark.parametrize(("status", "answer", "outcome"), REPLIES)
def test_every_reply_of_exolve_has_an_outcome(exolve, status, answer, outcome):
    exolve.mode, exolve.body = str(status), json.dumps(answer).encode()
    assert send(NUMBER, TEXT) is outcome


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[]", b"null", b"[" * 9000, b'{"message_id": '])
@pytest.mark.parametrize(
    ("status", "outcome"), [(200, UNKNOWN), (202, UNKNOWN), (408, UNKNOWN), (500, UNKNOWN), (429, REFUSED)]
)
def test_a_reply_without_an_object_is_judged_by_its_status(exolve, status, outcome, body):
    exolve.mode, exolve.body = str(status), body
    assert send(NUMBER, TEXT) is outcome


GENERIC = {
    "ok": TAKEN,
    "302": REFUSED,
    "401": REFUSED,
    "500": REFUSED,
    "502": UNKNOWN,
    "504": UNKNOWN,
    "hang": UNKNOWN,
    "drip": UNKNOWN,
    "reset": UNKNOWN,
}


@pytest.mark.parametrize("mode", GENERIC)
def test_what_apprise_can_tell_of_a_provider_is_understood_in_time(generic, mode):
    generic.mode = mode
    assert send(NUMBER, TEXT) is GENERIC[mode]
    assert generic.answered == 0 or mode not in ENDLESS
    (asked,) = generic.asked
    assert (asked.message["to"], asked.message["message"]) == (NUMBER, TEXT)


@pytest.mark.parametrize(
    "url", ["exolve://key@sender?api=http://127.0.0.1:1", "json://127.0.0.1:1/?:to={phone}"]
)
def test_a_provider_that_is_not_there(settings, url):
    settings.SMS_URL = url
    assert send(NUMBER, TEXT) is REFUSED


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("ok", "ok", TAKEN),
        ("401", "ok", TAKEN),
        ("hang", "ok", TAKEN),
        ("reset", "ok", TAKEN),
        ("401", "500", REFUSED),
        ("401", "hang", UNKNOWN),
        ("hang", "401", UNKNOWN),
        ("hang", "hang", UNKNOWN),
    ],
)
def test_one_gateway_after_the_other_until_one_takes_the_text(settings, first, second, outcome):
    with provider() as one, provider() as other:
        settings.SMS_URL = f"{exolve_url(one)} {generic_url(other)}"
        one.mode, other.mode = first, second
        settings.SMS_TIMEOUT = 1 if second == "hang" else 4  # seconds: a busy machine is slow to answer
        assert send(NUMBER, TEXT) is outcome
        assert (len(one.asked), len(other.asked)) == (1, 0 if first == "ok" else 1)


def test_gateways_that_hang_share_the_time_and_leave_the_rest_of_it(settings, monkeypatch):
    now, granted = [0.0], []

    def within(seconds, *_):
        """The second gateway answers after one second; the others take all that they are granted."""
        granted.append(seconds)
        now[0] += 1 if len(granted) == 2 else seconds
        return Report(UNKNOWN, "no answer")

    monkeypatch.setattr(sending, "_within", within)
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: now[0]))
    settings.SMS_URL, settings.SMS_TIMEOUT = "memory:// memory:// memory://", 6
    assert [attempt.seconds for attempt in attempts(NUMBER, TEXT)] == [2, 1, 3]
    assert granted == [2, 2, 3]


@pytest.mark.parametrize("mode", ["401", "error", "hang", "reset", "garbage", "ok"])
@pytest.mark.parametrize("make_url", [exolve_url, generic_url])
def test_neither_code_nor_number_nor_key_is_logged_at_any_level(settings, played, caplog, mode, make_url):
    settings.SMS_URL, played.mode = make_url(played), mode
    caplog.set_level(logging.DEBUG)
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    try:
        send(NUMBER, TEXT)
    finally:
        logging.getLogger("apprise").setLevel(logging.WARNING)
    for secret in ("4711", "9110000001", "KEY", "SECRET"):
        assert secret not in caplog.text
    failed = make_url is exolve_url and mode != "ok"
    if failed:
        assert "exolve (1) did not take a text: " in caplog.text


def test_attempts_say_which_gateway_and_why(exolve):
    exolve.mode = "401"
    (attempt,) = attempts(NUMBER, TEXT)
    assert attempt.gateway == "exolve (1)"
    assert attempt.report.reason == "HTTP 401, unauthenticated, +#"


@pytest.mark.parametrize(
    "url",
    [
        "exolve://",
        "exolve://SECRET",
        "exolve://@sender",
        "json://SECRET@host/path",
        "nobody://SECRET@host/{phone}",
        "twilio://SECRET/{phone}",
    ],
)
def test_a_url_that_lacks_something_is_told_without_its_key(settings, url):
    settings.SMS_URL = f"memory:// {url}"
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as error:
        gateways()
    assert "SECRET" not in str(error.value)


DOCUMENTED = {
    "twilio": "twilio://AC0123456789abcdef0123456789abcdef:0123456789abcdef0123456789abcdef@+15551234567/{phone}",
    "vonage": "vonage://12345678:abcdefghijklmnop@+15551234567/{phone}",
    "sns": "sns://AHIAJGNT76XIMXDBIJYA/bu1dHSdO22pfaaVy%2FwmNsdjJ4F07D1F0J/us-east-1/{phone}",
    "msgbird": "msgbird://0123456789abcdefghijABCDE/+15551234567/{phone}",
    "sinch": "sinch://0123456789abcdef0123456789abcdef:0123456789abcdef0123456789abcdef@+15551234567/{phone}",
    "plivo": "plivo://MAZJG0N2IXYTHKMJI2Y3@MjRjNjFkZWMxNmVhNGMwNTg2NzIyZmMzZGUxYzJi/+15551234567/{phone}",
    "clickatell": "clickatell://+15551234567@0123456789abcdef==/{phone}",
}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_provider_can_be_named(settings, name):
    settings.SMS_URL = DOCUMENTED[name]
    assert list(gateways()) == [f"{name} (1)"]


def diagnosis(phone="8 911 000-00-01"):
    out = io.StringIO()
    try:
        call_command("send_test_sms", phone, stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), None


def test_the_operator_is_told_what_became_of_a_test(settings):
    with provider() as one, provider() as other:
        settings.SMS_URL = f"{exolve_url(one)} {generic_url(other)}"
        one.mode, other.mode = "401", "ok"
        (refused, why, taken, look), error = diagnosis()
        assert re.match(r"exolve \(1\), \d\.\d s: REFUSED", refused)
        assert why == "  because: HTTP 401, unauthenticated, +#"
        assert re.fullmatch(r"json \(2\), \d\.\d s: took the text", taken)
        assert (look.startswith("Now look at the phone"), error) == (True, None)
        (asked,) = other.asked
        assert asked.message["message"].endswith("@example.com #000000")
        other.mode = "hang"
        (*_, unclear, _), error = diagnosis()
        assert re.match(r"json \(2\), \d\.\d s: NO CLEAR ANSWER", unclear)
        assert error.startswith("No gateway took the text")


def test_a_test_goes_only_where_codes_go(exolve):
    assert diagnosis("112") == ([], "This is not a mobile phone number.")
    assert diagnosis("+380501234567") == ([], "SMS_COUNTRIES does not allow the country of this number.")
    assert exolve.asked == []
