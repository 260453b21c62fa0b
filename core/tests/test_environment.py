from ipaddress import IPv6Address

import pytest
from django.core.exceptions import ImproperlyConfigured
from gunicorn.util import parse_address

from core import listening
from core.environment import env_bool, env_float, env_int, env_list, env_str


@pytest.fixture(autouse=True)
def without(monkeypatch):
    for name in ("HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", ("0.0.0.0", 8000)),  # noqa: S104
        ("127.0.0.1", ("127.0.0.1", 8000)),
        ("localhost", ("localhost", 8000)),
        ("::", ("::", 8000)),
        ("::1", ("::1", 8000)),
        ("[::]", ("::", 8000)),
        ("2001:db8:0:0::1", ("2001:db8::1", 8000)),
        ("fe80::1%eth0", ("fe80::1%eth0", 8000)),
        (
            "::ffff:192.0.2.1",
            (str(IPv6Address("::ffff:192.0.2.1")), 8000),
        ),  # Python 3.13 has another spelling
    ],
)
def test_gunicorn_understands_every_address(monkeypatch, host, address):
    monkeypatch.setenv("HOST", host)
    assert parse_address(listening.bind()) == address


@pytest.mark.parametrize("text", ["true", "True", "on", "YES", "y", "ok", "1", " true "])
def test_true(monkeypatch, text):
    monkeypatch.setenv("SWITCH", text)
    assert env_bool("SWITCH", default=False) is True


@pytest.mark.parametrize("text", ["false", "FALSE", "off", "no", "n", "0", " off\r"])
def test_false(monkeypatch, text):
    monkeypatch.setenv("SWITCH", text)
    assert env_bool("SWITCH", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_an_empty_switch_counts_as_unset(monkeypatch, default):
    assert env_bool("SWITCH", default=default) is default
    monkeypatch.setenv("SWITCH", "")
    assert env_bool("SWITCH", default=default) is default


@pytest.mark.parametrize("text", ["maybe", "2", "-1", "tru", "$TRUE", "да", " "])
def test_anything_else_is_no_switch(monkeypatch, text):
    monkeypatch.setenv("SWITCH", text)
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be true or false"):
        env_bool("SWITCH", default=True)


@pytest.mark.parametrize(("text", "number"), [("", 5), ("7", 7), (" 7\r", 7), ("+7", 7), ("007", 7)])
def test_whole_numbers(monkeypatch, text, number):
    monkeypatch.setenv("NUMBER", text)
    assert env_int("NUMBER", 5) == number


@pytest.mark.parametrize("text", ["abc", "1.5", "1e3", "-1", "2147483648", "5 seconds", "$NUMBER", " ", "½"])
def test_anything_else_is_no_whole_number(monkeypatch, text):
    monkeypatch.setenv("NUMBER", text)
    with pytest.raises(ImproperlyConfigured, match="NUMBER must be a whole number"):
        env_int("NUMBER", 5)


def test_numbers(monkeypatch):
    monkeypatch.setenv("NUMBER", "1.5")
    assert env_float("NUMBER", 5) == 1.5
    for text in ("1,5", "5s", "$5"):
        monkeypatch.setenv("NUMBER", text)
        with pytest.raises(ImproperlyConfigured, match="NUMBER must be a number, such as 5"):
            env_float("NUMBER", 5)


def test_texts_are_verbatim(monkeypatch):
    monkeypatch.setenv("TEXT", "$PATH, \\$x ,, ")
    assert env_str("TEXT") == "$PATH, \\$x ,, "
    assert env_list("TEXT") == ["$PATH", "\\$x"]
