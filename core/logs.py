"""What is logged, and how: a JSON object a line in production, plain lines in development."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonEncoder, JsonFormatter

from referral.telemetry import log_context
from referral.telemetry.log_context import mask

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PHONE = re.compile(rf"(?P<uuid>{UUID})|\+?\d(?:[ ().-]?\d){{9,14}}")
# Access tokens are JWTs, refresh tokens a session's id, a counter and a signature.
TOKEN = re.compile(r"eyJ[\w-]+(\.[\w-]*){2}|[0-9A-Fa-f]{32}(:|%3A)\d+(:|%3A)[\w-]{43}")
# Nobody else writes into these; and the id must stay what the answer said.
OURS = {"level", "logger", "request_id"}
ENCODER = JsonEncoder()
GUNICORN_QUOTES = re.compile(r"(Invalid request from ip=\S+):.*", re.DOTALL)


class RedactingJsonFormatter(JsonFormatter):
    """Writes JSON. What looks like a phone number is masked, what looks like a token left out."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Messages, tracebacks and facts all pass here."""
        return {
            name: redact(value) if isinstance(value, str) and name not in OURS else value
            for name, value in log_data.items()
        }

    def jsonify_log_record(self, log_data: dict[str, Any]) -> str:
        """With one encoder for all lines: making it takes longer than a line does."""
        return ENCODER.encode(log_data)


def redact(text: str) -> str:
    """The text without tokens and whole phone numbers."""
    return PHONE.sub(lambda found: found["uuid"] or mask(found[0]), TOKEN.sub("[token]", text))


def add_facts(record: logging.LogRecord) -> bool:
    """A logging filter that drops nothing: it adds what is known of the request at hand."""
    vars(record).update(log_context.current())
    return True


def is_bug(record: logging.LogRecord) -> bool:
    """A logging filter for what merely repeats a status: the request's own line says it."""
    return bool(record.exc_info) and record.levelno >= logging.ERROR


def quote_nobody(record: logging.LogRecord) -> bool:
    """A logging filter that drops nothing: gunicorn shows what a client sent, tokens and all."""
    record.msg = GUNICORN_QUOTES.sub(r"\1", str(record.msg))
    if record.msg.startswith("Error handling request"):
        record.args = tuple(str(arg).partition("?")[0] for arg in record.args or ())
    return True


def configuration(*, debug: bool) -> dict[str, Any]:
    """Django's LOGGING, and gunicorn's."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "facts": {"()": lambda: add_facts},
            "bug": {"()": lambda: is_bug},
            "quote nobody": {"()": lambda: quote_nobody},
        },
        "formatters": {
            "plain": {"format": "{asctime} {levelname} {message}", "style": "{"},
            "json": {
                "()": RedactingJsonFormatter,
                "fmt": ("levelname", "name", "message"),
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": True,
                # Django's own extras; a request shows its query string.
                "reserved_attrs": [*RESERVED_ATTRS, "request", "status_code"],
            },
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",  # to standard error
                "filters": ["facts"],
                "formatter": "plain" if debug else "json",
            }
        },
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {
            # Requests have a line of their own; in development that is runserver's, except for failures.
            "core.middleware.request_log": {"level": "ERROR" if debug else "INFO"},
            "django": {"handlers": []},
            "django.request": {"filters": ["bug"]},
            "django.security": {"level": "CRITICAL"},
            "gunicorn.error": {"handlers": [], "propagate": True, "filters": ["quote nobody"]},
            "gunicorn.http.wsgi": {"level": "CRITICAL"},
            # At DEBUG these would tell whom a text went to, and what it said.
            "apprise": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }
