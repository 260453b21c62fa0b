"""The log in production: one JSON object per line."""

import io
import json
import logging

import pytest
from django.db import IntegrityError

from core.logs import RedactingJsonFormatter, redact
from referral.tests.factories import new_number, new_user
from schema.tests.api_client import ME, REFRESH_SESSION, REQUEST_CODE


@pytest.fixture
def logged():
    """Returns what was logged so far."""
    root = logging.getLogger()
    (handler,) = (each for each in root.handlers if isinstance(each.formatter, RedactingJsonFormatter))
    assert isinstance(handler, logging.StreamHandler)
    log = io.StringIO()
    before = handler.setStream(log)
    yield lambda: [json.loads(line) for line in log.getvalue().splitlines()]
    handler.setStream(before)


@pytest.mark.django_db
def test_a_request_logs_one_line_with_its_outcome(api, logged):
    number = new_number()
    api.run(REQUEST_CODE.replace("mutation ", "mutation AskForCode "), phone=number)
    (line,) = logged()
    assert line["message"] == "POST /graphql 200"
    assert (line["level"], line["logger"], line["status"]) == ("INFO", "core.middleware.request_log", 200)
    assert (line["operation"], line["outcome"]) == ("AskForCode", "OK")
    assert line["phone"] == f"{number[:4]}******{number[-2:]}"
    assert 0 < line["duration_ms"] < 60_000
    assert line["timestamp"].endswith("+00:00")
    assert len(line["request_id"]) == 32


@pytest.mark.parametrize(
    ("query", "operation", "outcome"),
    [
        ('mutation { requestCode(phone: "x") { __typename } }', "requestCode", "INVALID_PHONE"),
        (ME, "me", "UNAUTHENTICATED"),
        ("query Profile { me { unknown } }", "Profile", "GRAPHQL_VALIDATION_FAILED"),
        ("query " + "Long" * 32 + " { me { id } }", "Long" * 16, "UNAUTHENTICATED"),
        ("{", None, "GRAPHQL_PARSE_FAILED"),
        (
            'mutation { requestCode(phone: "x") { __typename } signOut { count } }',
            "requestCode",
            "INVALID_PHONE,UNAUTHENTICATED",
        ),
    ],
)
def test_the_operation_and_outcome_are_logged(api, logged, query, operation, outcome):
    api.post(query)
    (line,) = logged()
    assert (line.get("operation"), line["outcome"]) == (operation, outcome)


def test_a_request_id_from_the_client_is_kept_if_it_is_a_uuid(client, logged):
    for brought, kept in [
        ("0f8fad5b-d9cb-469f-a165-70867728950e", True),
        ("0f8fad5bd9cb469fa16570867728950e", True),
        ("short", False),
        ("79110000001", False),
        ("0f8fad5b-d9cb-469f-a165-\t0867728950e", False),
    ]:
        answer = client.get("/graphql", headers={"X-Request-ID": brought})
        assert (answer["X-Request-ID"] == brought) is kept
        assert logged()[-1]["request_id"] == answer["X-Request-ID"]


def test_numbers_in_paths_and_operation_names_are_not_logged(api, client, logged):
    for path in ("/i/+7%20911%20000-00-01", "/i/x%0a89110000001", "/i/%252B79110000001", "/i/2718"):
        client.get(path)
    api.post("query P79110000001 { me { id } }")
    text = json.dumps(logged())
    assert not [digits for digits in ("7911", "911", "8911", "2718") if digits in text.split("request_id")[0]]
    assert logged()[-1]["operation"] == "P#"


def test_client_input_is_removed_from_gunicorn_messages(logged):
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.warning("Invalid request from ip=::1: Invalid HTTP Header: 'Authorization Bearer secret'")
    gunicorn.error("Error handling request %s %s", "GET", "/graphql?query=secret")
    assert [line["message"] for line in logged()] == [
        "Invalid request from ip=::1",
        "Error handling request GET /graphql",
    ]


def test_probes_and_query_strings_are_not_logged(client, logged):
    client.get("/healthz")
    client.get("/graphql?query={me{phone}}&token=secret")
    (line,) = logged()
    assert "secret" not in str(line)


@pytest.mark.django_db
def test_a_bug_is_logged_with_a_redacted_traceback(api, logged, monkeypatch):
    number, signed_in = new_number(), api.sign_in(new_user().phone)
    tokens = signed_in["accessToken"], signed_in["refreshToken"]

    def broken(**_):
        raise IntegrityError(f"Key (phone)=({number}) exists.\n{number[1:]} {tokens}")

    monkeypatch.setattr("referral.sign_in.verify_code", broken)
    seen = len(logged())
    api.post(f'mutation {{ verifyCode(phone: "{number}", code: "271828") {{ __typename }} }}')
    bug, request = logged()[seen:]
    assert "IntegrityError: Key (phone)=(+791******" in bug["exc_info"]
    assert (bug["level"], bug["request_id"]) == ("ERROR", request["request_id"])
    assert request["outcome"] == "INTERNAL_SERVER_ERROR"
    assert not [secret for secret in (number, "271828", *tokens) if secret in json.dumps([bug, request])]


@pytest.mark.django_db
def test_a_sign_in_logs_no_code_token_or_phone(api, logged):
    number = new_number()
    signed_in = api.sign_in(number)
    api.run(REFRESH_SESSION, refreshToken=signed_in["refreshToken"])
    api.run(ME, signed_in["accessToken"])
    text = "".join(line["message"] + line.get("exc_info", "") for line in logged())
    (sent,) = (text for to, text in api.gateway.outbox if to == number)
    code = "".join(filter(str.isdigit, sent))
    assert [line["operation"] for line in logged()] == ["requestCode", "verifyCode", "refreshSession", "me"]
    assert number[1:] not in text
    assert signed_in["accessToken"] not in text
    assert signed_in["refreshToken"] not in text
    assert code not in text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("to +79110000001.", "to +791******01."),
        ("to 89110000001.", "to 891******01."),
        ("at 2026-03-01T12:00:00.123456", "at 2026-03-01T12:00:00.123456"),
        ("id 0f8fad5b-d9cb-469f-a165-70867728950e", "id 0f8fad5b-d9cb-469f-a165-70867728950e"),
        ("took 1234567 ms", "took 1234567 ms"),
        ("bad:\n89110000001", "bad:\n891******01"),
        ("phone_79110000001x", "phone_791******01x"),
        ("+7 911 000-00-01", "+791******01"),
    ],
)
def test_text_that_looks_like_a_phone_number_is_masked(text, redacted):
    assert redact(text) == redacted
