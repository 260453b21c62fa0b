"""What the measurements repeat of the service. Before they begin they compare all answers."""

import sys
from importlib import import_module
from uuid import uuid4

from bench.contenders import _limit_keys
from referral.sessions import refresh_tokens


def test_the_limit_signs_refresh_tokens_as_django_does(monkeypatch):
    for name, value in _limit_keys().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, "bench.by_hand.keys", raising=False)
    keys = import_module("bench.by_hand.keys")
    session_id = uuid4()
    value = f"{session_id.hex}:3"
    assert f"{value}:{keys.signature(value)}" == refresh_tokens.encode(session_id, 3)
