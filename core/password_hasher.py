"""Password hashing that lets a gevent worker answer other requests meanwhile."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from referral.storage.connection import give_back_connection

LONGEST_WAIT = 5  # seconds for the hashes before this one

_turn = Lock()


class HashingBusy(Exception):
    """This process is still hashing other passwords: answer 503."""


def _in_place(function: Callable[..., str], arguments: Sequence[Any]) -> str:
    return function(*arguments)


class PasswordHasher(PBKDF2PasswordHasher):
    """Django's PBKDF2, one at a time in a process. It reads and writes the hashes that Django's own does.

    A hash takes a third of a second. OpenSSL releases the GIL meanwhile, but greenlets share one thread, so
    core/gunicorn.py sets `run` to the thread pool of gevent's hub.
    """

    run = staticmethod(_in_place)

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """The hash of a password. Raises HashingBusy after waiting LONGEST_WAIT for its turn."""
        give_back_connection()
        if not _turn.acquire(timeout=LONGEST_WAIT):
            raise HashingBusy("Too many passwords are being hashed.")
        try:
            return self.run(super().encode, (password, salt, iterations))
        finally:
            _turn.release()
