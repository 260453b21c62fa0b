"""Logging: one JSON object per line in production, plain lines in development."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonEncoder, JsonFormatter

from referral.telemetry import log_context
from referral.telemetry.log_context import BETWEEN, mask

# A number of 7 digits or more, or of 6 after a plus. A shorter one cannot be told from a count; E.164 has
# no shorter one, and no stored number lacks the plus.
PHONE = rf"(?:\+|\uff0b|%2[Bb]){BETWEEN}\d(?:{BETWEEN}\d){{5,}}|\d(?:{BETWEEN}\d){{6,}}"
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
# A port, and gunicorn's process id.
AFTER_ADDRESS = rf"(?::\d{{1,5}})?(?: \(\d{{1,7}}\))?(?!{BETWEEN}\d)"
KEPT = "|".join(
    (
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",  # a UUID
        r"(?<![^\W_])[0-9a-f]{32}(?![^\W_])",  # one without hyphens
        r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?!\d)",
        rf"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!{BETWEEN}\d)",
        rf"(?:(?<=ip=)|(?<=//)|(?<=at \"))(?:{OCTET}\.){{3}}{OCTET}{AFTER_ADDRESS}",
        rf"(?<=\]:)\d{{1,5}} \(\d{{1,7}}\)(?!{BETWEEN}\d)",
        rf"(?:(?<=pid:)|(?<=pid: ))\d{{1,7}}(?!{BETWEEN}\d)",
        r"(?<!\d)\d{1,7}(?:\.\d{1,6})? ?(?:[mµ]?s|seconds|bytes|[kM]i?B)\b",
    )
)
NUMBER = re.compile(rf"(?=[\da-f+\uff0b%])(?:(?P<kept>{KEPT})|{PHONE})")
# Six digits in a line: found in every text with a number, and quicker to look for.
SUSPECT = re.compile(r"\d(?:[^\d\n]*\d){5}")
# Access tokens are JWTs. A refresh token is a session id, a counter or two, and a signature.
TOKEN = re.compile(r"eyJ[\w-]+(\.[\w-]*){2}|[0-9A-Fa-f]{32}((:|%3[Aa])\d+){1,2}(:|%3[Aa])[\w-]{43}")
# Fields that never contain client input; the request id must match the one in the response.
OURS = {"level", "logger", "request_id", "timestamp"}
ENCODER = JsonEncoder()
GUNICORN_QUOTES = re.compile(r"(Invalid request from ip=\S+):.*", re.DOTALL)


class RedactingJsonFormatter(JsonFormatter):
    """Writes JSON. Masks text that looks like a phone number and removes text that looks like a token."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Redact every field: message, traceback and request fields."""
        return {name: value if name in OURS else _redacted(value) for name, value in log_data.items()}

    def jsonify_log_record(self, log_data: dict[str, Any]) -> str:
        """Reuse one encoder: creating it takes longer than encoding a line."""
        return ENCODER.encode(log_data)


class RedactingFormatter(logging.Formatter):
    """Writes plain lines, redacted like those in JSON."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text with tokens removed and phone numbers masked."""
    text = TOKEN.sub("[token]", text)
    if not SUSPECT.search(text):
        return text
    return NUMBER.sub(lambda found: found["kept"] or mask(found[0]), text)


def _redacted(value: Any) -> Any:
    """A field's value, redacted. Numbers are counts and durations."""
    match value:
        case None | bool() | int() | float():
            return value
        case dict():
            return {redact(str(name)): _redacted(held) for name, held in value.items()}
        case list() | tuple() | set():
            return [_redacted(held) for held in value]
        case _:
            return redact(str(value))


def add_facts(record: logging.LogRecord) -> bool:
    """A logging filter that adds the fields of the current request. Drops nothing."""
    vars(record).update(log_context.current())
    return True


def is_bug(record: logging.LogRecord) -> bool:
    """A logging filter that keeps errors with a traceback. The request's own line has the status."""
    return bool(record.exc_info) and record.levelno >= logging.ERROR


def quote_nobody(record: logging.LogRecord) -> bool:
    """A logging filter that removes client input, such as tokens, from gunicorn's messages. Drops nothing."""
    record.msg = GUNICORN_QUOTES.sub(r"\1", str(record.msg))
    if record.msg.startswith("Error handling request"):
        record.args = tuple(str(arg).partition("?")[0] for arg in record.args or ())
    return True


def configuration(*, debug: bool) -> dict[str, Any]:
    """The LOGGING setting of Django, also used by gunicorn."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "facts": {"()": lambda: add_facts},
            "bug": {"()": lambda: is_bug},
            "no client input": {"()": lambda: quote_nobody},
        },
        "formatters": {
            "plain": {
                "()": RedactingFormatter,
                "format": "{asctime} {levelname} {message}",
                "style": "{",
            },
            "json": {
                "()": RedactingJsonFormatter,
                "fmt": ("levelname", "name", "message"),
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": True,
                # Django's own extras; a request's repr contains its query string.
                "reserved_attrs": [*RESERVED_ATTRS, "request", "status_code"],
            },
        },
        "handlers": {
            "console": {
                "class": "core.server.log_stream.Handler",  # to standard error
                "filters": ["facts"],
                "formatter": "plain" if debug else "json",
            }
        },
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {
            # One line per request. In development runserver prints it, so only server errors are logged.
            "core.middleware.request_log": {"level": "ERROR" if debug else "INFO"},
            "django": {"handlers": []},
            "django.request": {"filters": ["bug"]},
            "django.security": {"level": "CRITICAL"},
            "gunicorn.error": {"handlers": [], "propagate": True, "filters": ["no client input"]},
            "gunicorn.http.wsgi": {"level": "CRITICAL"},
            # At DEBUG these log the recipient and the text of an SMS.
            "apprise": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }
