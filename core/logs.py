"""Logging: one JSON object per line in production, plain lines in development."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonEncoder, JsonFormatter

from referral.telemetry import log_context
from referral.telemetry.log_context import mask

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PHONE = re.compile(rf"(?P<uuid>{UUID})|\+?\d(?:[ ().-]?\d){{9,14}}")
# Access tokens are JWTs. A refresh token is a session id, a counter and a signature.
TOKEN = re.compile(r"eyJ[\w-]+(\.[\w-]*){2}|[0-9A-Fa-f]{32}(:|%3A)\d+(:|%3A)[\w-]{43}")
# Fields that never contain client input; the request id must match the one in the response.
OURS = {"level", "logger", "request_id"}
ENCODER = JsonEncoder()
GUNICORN_QUOTES = re.compile(r"(Invalid request from ip=\S+):.*", re.DOTALL)


class RedactingJsonFormatter(JsonFormatter):
    """Writes JSON. Masks text that looks like a phone number and removes text that looks like a token."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Redact every field: message, traceback and request fields."""
        return {
            name: redact(value) if isinstance(value, str) and name not in OURS else value
            for name, value in log_data.items()
        }

    def jsonify_log_record(self, log_data: dict[str, Any]) -> str:
        """Reuse one encoder: creating it takes longer than encoding a line."""
        return ENCODER.encode(log_data)


def redact(text: str) -> str:
    """The text with tokens removed and phone numbers masked."""
    return PHONE.sub(lambda found: found["uuid"] or mask(found[0]), TOKEN.sub("[token]", text))


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
            "plain": {"format": "{asctime} {levelname} {message}", "style": "{"},
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
