"""The outcomes of the HTTP requests that a thread makes. apprise's plugins do not report them.

Plugins call `requests.post`, and `requests` has no hook for all sessions. So `Session.send` is wrapped: every
request goes through it, with redirects and the reading of the answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from ssl import SSLCertVerificationError
from threading import local
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from referral.sms.outcome import Outcome

# From a proxy without an answer of the provider: the text may have been sent.
UNCLEAR = {502, 504}

thread = local()


@contextmanager
def outcomes() -> Iterator[list[Outcome]]:
    """Collect the outcome of each request that this thread makes in the block, in order."""
    thread.outcomes = []
    try:
        yield thread.outcomes
    finally:
        del thread.outcomes


def never_left(error: Exception) -> bool:
    """Whether the request failed before anything could be sent."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    cause = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    return (
        isinstance(error, requests.ConnectTimeout)
        or isinstance(reason, NewConnectionError)
        or isinstance(cause, SSLCertVerificationError)
    )


def _noted(send: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
    @wraps(send)
    def noting(*args: Any, **options: Any) -> requests.Response:
        outcome = Outcome.UNKNOWN
        try:
            response = send(*args, **options)
            if response.status_code not in UNCLEAR:
                outcome = Outcome.REFUSED
        except requests.RequestException as error:
            if never_left(error):
                outcome = Outcome.REFUSED
            raise
        finally:
            getattr(thread, "outcomes", []).append(outcome)
        return response

    return noting


requests.Session.send = _noted(requests.Session.send)  # type: ignore[method-assign]
