import socket
from contextlib import closing

import psycopg2
import pytest
from psycopg2.extensions import POLL_READ

from core.postgresql import waiting


class Silent:
    """A connection to a server that accepted it and never says a word."""

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()

    def poll(self):
        return POLL_READ

    def fileno(self):
        return self.ours.fileno()

    def close(self):
        self.ours.close()
        self.theirs.close()


def test_a_silent_postgresql_is_given_up(monkeypatch):
    monkeypatch.setattr(waiting, "SILENCE_SECONDS", 0.05)
    with (
        closing(Silent()) as connection,
        pytest.raises(psycopg2.OperationalError, match=r"did not respond for 0.05 seconds"),
    ):
        waiting.wait_in_a_greenlet(connection)
