"""What is logged, and how: a JSON object a line in production, plain lines in development."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from referral import log_facts

PHONE = re.compile(r"(?<![\w-])\+?\d{10,15}(?!\w)")
# Access tokens are JWTs, refresh tokens a session's id, a counter and a signature.
TOKEN = re.compile(r"eyJ[\w-]+(\.[\w-]*){2}|[0-9a-f]{32}:\d+:[\w-]{43}")


class RedactingJsonFormatter(JsonFormatter):
    """Writes JSON. What looks like a phone number is masked, what looks like a token left out."""

    def jsonify_log_record(self, log_data: dict[str, Any]) -> str:
        """The last step, so that messages, tracebacks and facts all pass it."""
        return redact(super().jsonify_log_record(log_data))


def redact(text: str) -> str:
    """The text without tokens and whole phone numbers."""
    return PHONE.sub(lambda found: log_facts.mask(found[0]), TOKEN.sub("[token]", text))


def add_facts(record: logging.LogRecord) -> bool:
    """A logging filter that drops nothing: it adds what is known of the request at hand."""
    vars(record).update(log_facts.current())
    return True


def has_traceback(record: logging.LogRecord) -> bool:
    """A logging filter for what merely repeats a status: the request's own line says it."""
    return bool(record.exc_info)


def configuration(*, debug: bool) -> dict[str, Any]:
    """Django's LOGGING, and gunicorn's."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "facts": {"()": lambda: add_facts},
            "traceback": {"()": lambda: has_traceback},
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
            "core.request_log": {"level": "ERROR" if debug else "INFO"},
            "django": {"handlers": []},
            "django.request": {"filters": ["traceback"]},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"level": "CRITICAL", "handlers": []},
            # A lost connection is in the request's line; the pool would add a traceback for each attempt.
            "dj_db_conn_pool": {"level": "CRITICAL"},
            "sqlalchemy.pool": {"level": "CRITICAL"},
        },
    }
