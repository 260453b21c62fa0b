"""exolve://API_KEY@SENDER, MTS Exolve's SendSMS (https://docs.exolve.ru/docs/ru/api-reference/sms-api/).

Not through apprise, because telling a refusal from a success requires reading the answer.
"""

import json
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from urllib3.exceptions import HTTPError

from referral.sms.exchanges import UNCLEAR, never_left
from referral.sms.outcome import TAKEN, Outcome, Report
from referral.telemetry.log_context import without_numbers

API = "https://api.exolve.ru"
PATH = "/messaging/v1/SendSMS"
LARGEST_ANSWER = 10_000  # bytes
CHUNK = 512
# Without an error in the body these leave open whether the text was sent. 429 and the other 4xx do not.
WITHOUT_A_REASON = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, *range(500, 600)}


class ExolveGateway:
    """Sends from a number or name that belongs to the account of the API key."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        key, _, sender = parts.netloc.rpartition("@")
        if not key or not sender:
            raise ImproperlyConfigured(
                "SMS_URL: exolve:// needs a key and a sender: exolve://API_KEY@SENDER."
            )
        self.key, self.sender = unquote(key), unquote(sender).removeprefix("+")
        self.url = parse_qs(parts.query).get("api", [API])[-1].rstrip("/") + PATH

    def send(self, number: str, text: str) -> Report:
        message = {"number": self.sender, "destination": number.removeprefix("+"), "text": text}
        try:
            with requests.post(
                self.url,
                json=message,
                headers={"Authorization": f"Bearer {self.key}"},
                timeout=settings.SMS_TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as response:
                return _read(response.status_code, _body(response))
        except (requests.RequestException, HTTPError, TimeoutError) as error:
            if never_left(error):
                return Report(Outcome.REFUSED, "it cannot be reached")
            return Report(Outcome.UNKNOWN, "it did not answer to the end")


def _body(response: requests.Response) -> bytes:
    """The answer, read within one deadline. The timeout of `requests` applies to each read."""
    deadline = time.monotonic() + settings.SMS_TIMEOUT
    body = b""
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > LARGEST_ANSWER or time.monotonic() > deadline:
            raise TimeoutError
    return body


def _read(status: int, body: bytes) -> Report:
    answer = _object(body)
    succeeded = status < HTTPStatus.MULTIPLE_CHOICES
    if succeeded and answer.get("message_id"):
        return TAKEN
    refused = bool(answer.get("error")) or not (succeeded or status in WITHOUT_A_REASON)
    if status in UNCLEAR or not refused:
        return Report(Outcome.UNKNOWN, f"HTTP {status}, with neither a message_id nor an error")
    return Report(Outcome.REFUSED, f"HTTP {status}{_details(answer)}")


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; an empty one if there is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _details(answer: dict[str, Any]) -> str:
    """The provider's error message, without numbers and codes."""
    error = answer.get("error")
    message = error.get("message") if isinstance(error, dict) else error
    return f", {without_numbers(message)[:100]}" if isinstance(message, str) and message else ""
