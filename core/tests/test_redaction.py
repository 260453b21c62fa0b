"""No log line has a whole phone number, however it is spelled, and what is not a number stays readable."""

import json
import logging
from operator import add

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from core.logs import RedactingFormatter, RedactingJsonFormatter, redact
from referral.telemetry.log_context import mask, without_numbers

pytestmark = pytest.mark.slow

EXAMPLES = [
    number
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in PhoneNumberType.values()
    if (number := phonenumbers.example_number_for_type(region, kind))
]
FORMATS = [
    PhoneNumberFormat.E164,
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.RFC3966,
    PhoneNumberFormat.NATIONAL,
]
PLACES = [
    "{}",
    "to {}.",
    "phone_{}x",
    "Ж{}é",
    "https://example.com/i/{}?next=/",
    "/graphql?phone={}&lang=en",
    '{{"phone": "{}", "code": null}}',
    "Key (phone)=({}) exists.\n\n{}\n",
]
SEPARATORS = [
    *("", "", " ", "-", ".", "/", "_", "+", ") ", " (", " - ", "\t"),
    *("\u00a0", "\u2009", "\u2011", "\u2013", "\u200e", "\u202d", "\uff0d"),
    *("%20", "%C2%A0", "%E2%80%91", r"\xa0", r"\u2011"),
]
ZEROS = ["0", "\u0660", "\u06f0", "\uff10", "\u0966"]  # ASCII, Arabic, Persian, full-width, Devanagari


def digits(text):
    return "".join(str(int(each)) for each in text if each.isdecimal())


def test_the_examples_cover_short_numbers():
    lengths = {len(digits(phonenumbers.format_number(each, PhoneNumberFormat.E164))) for each in EXAMPLES}
    assert (len(EXAMPLES) > 1000, min(lengths), max(lengths)) == (True, 6, 15)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("spelling", FORMATS)
def test_no_example_number_is_whole(spelling, place):
    for number in EXAMPLES:
        text = phonenumbers.format_number(number, spelling)
        spelled = digits(text)
        if spelling == PhoneNumberFormat.NATIONAL and len(spelled) < 7:
            continue  # cannot be told from a count
        redacted = redact(place.format(text, text))
        assert "*" in redacted
        assert spelled not in digits(redacted)
        assert len(digits(redacted)) < place.count("{}") * len(spelled) / 2


@given(
    number=st.sampled_from(EXAMPLES),
    between=st.lists(st.sampled_from(SEPARATORS), min_size=15, max_size=15),
    zero=st.sampled_from(ZEROS),
    plus=st.sampled_from(["+", "\uff0b", "%2B", "%2b", "tel:+", "00", ""]),
    around=st.sampled_from([("", ""), ("to ", "."), ("x", "y"), ("Ж", "_"), ("=", "&"), ("'", "'")]),
)
def test_no_spelling_leaves_half_of_the_digits(number, between, zero, plus, around):
    spelled = digits(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    if len(spelled) < 7 and plus == "":
        return
    first, *rest = (chr(ord(zero) + int(digit)) for digit in spelled)
    written = first + "".join(map(add, between, rest))
    text = f"{around[0]}{plus}{written}{around[1]}"
    for redacted in (
        redact(text),
        redact(f"KeyError: {text!r}"),
        redact(json.dumps({"phone": text}, ensure_ascii=False)),
    ):
        assert "*" in redacted
        assert len(digits(redacted)) < (len(spelled) + (plus == "00") * 2) / 2


@pytest.mark.parametrize("length", range(40))
def test_a_mask_shows_less_than_half_of_the_digits(length):
    number = "123456789012345678901234567890123456789"[:length]
    masked = mask(f"+{number}")
    assert len(masked) == length + 1
    assert 2 * len(digits(masked)) < max(length, 1)


def test_a_mask_is_the_same_for_every_spelling():
    spellings = ["+79110000001", "+7 (911) 000-00-01", "%2B7%20911%20000%2D00%2D01", "\uff0b7.911.000.00.01"]
    assert {mask(each) for each in spellings} == {"+791******01"}


@pytest.mark.parametrize(
    "text",
    [
        "at 2026-03-01T12:00:00.123456",
        "at 2026-03-01T12:00:00.123456+00:00 and 2026-03-01 12:00:00,123",
        "since 2026-03-01, until 2026-03-31.",
        "id 0f8fad5b-d9cb-469f-a165-70867728950e",
        "id 00000000-0000-4000-8000-000000000001",
        "request 0f8fad5bd9cb469fa16570867728950e",
        "took 1234567 ms, 0.123456 s, 12.5s",
        "Listening at: http://192.168.100.200:8000 (4194303)",
        "Invalid request from ip=192.168.100.200",
        'connection to server at "10.128.15.200", port 5432 failed',
        "Booting worker with pid: 4194303",
        "WORKER TIMEOUT (pid:4194303)",
        "POST /graphql 200",
        "+376 31",
        "Listening at: http://[::]:8000 (4194303)",
        "123456 rows",
    ],
)
def test_what_is_not_a_number_stays_readable(text):
    assert redact(text) == text


@pytest.mark.parametrize(
    "token",
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123",
        "0f8fad5bd9cb469fa16570867728950e:1:" + "a-_" * 14 + "b",
        "0f8fad5bd9cb469fa16570867728950e%3a12%3A" + "a-_" * 14 + "b",
        "0f8fad5bd9cb469fa16570867728950e:12:9223372036854775807:" + "a-_" * 14 + "b",
    ],
)
def test_tokens_are_removed(token):
    assert redact(f"bad: {token}\n") == "bad: [token]\n"


@given(
    st.sampled_from(ZEROS), st.lists(st.sampled_from(SEPARATORS), min_size=6, max_size=6), st.integers(4, 6)
)
def test_a_code_is_removed_from_client_text_in_every_spelling(zero, between, length):
    code = chr(ord(zero)) + "".join(between[digit] + chr(ord(zero) + digit) for digit in range(1, length))
    assert digits(without_numbers(f"/i/x{code}.y")) == ""


def test_every_field_is_redacted_but_counts_are_not():
    record = logging.LogRecord("name", logging.INFO, "", 0, "to %s", ("+376312345",), None)
    vars(record).update(
        plain="+376312345",
        nested={"+376312345": ["+376312345", ("+376312345", None, True)]},
        thing=ValueError("+376312345"),
        count=12345678,
        duration_ms=1234567.8,
    )
    formatter = RedactingJsonFormatter(("levelname", "message"), timestamp=True)
    line = json.loads(formatter.format(record))
    masked = "+37*****45"
    assert line["message"] == f"to {masked}"
    assert (line["plain"], line["thing"]) == (masked, masked)
    assert line["nested"] == {masked: [masked, [masked, None, True]]}
    assert (line["count"], line["duration_ms"]) == (12345678, 1234567.8)


def test_plain_lines_are_redacted_too():
    error = ValueError("+376 312 345")
    record = logging.LogRecord("name", logging.ERROR, "", 0, "failed", (), (type(error), error, None))
    line = RedactingFormatter("{asctime} {message}", style="{").format(record)
    assert line.endswith("ValueError: +37*****45")
    assert line.partition(" ")[0].count("-") == 2


def test_the_time_is_linear_in_the_length():
    for text in ("%20" * 30_000, "1 " * 30_000, "1" + " " * 60_000, "a1" * 30_000, "+" * 60_000):
        assert len(redact(text)) <= len(text)
        assert len(without_numbers(text)) <= len(text)
