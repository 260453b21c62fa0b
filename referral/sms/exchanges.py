"""What became of the HTTP requests of a thread, which apprise's plugins do not say.

They call `requests.post` and keep its answer, and `requests` has no hook for every session: so `Session.send`
is wrapped, through which each of its requests goes, with its redirects and the reading of its answer.
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

# A proxy that did not hear from the provider: the text may have gone out.
UNCLEAR = {502, 504}

thread = local()


@contextmanager
def outcomes() -> Iterator[list[Outcome]]:
    """What each request of this thread in the block means for a text that was not taken, in order."""
    thread.outcomes = []
    try:
        yield thread.outcomes
    finally:
        del thread.outcomes


def never_left(error: Exception) -> bool:
    """Whether there was no connection that anything could be sent over."""
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
