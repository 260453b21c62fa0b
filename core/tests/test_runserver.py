import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles.management.commands.runserver import Command as Runserver
from django.core.management import CommandError, call_command

from core.management.commands.runserver import Command

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ran(monkeypatch, settings):
    """The ports on which Django's server was run."""
    settings.DEBUG = True
    ran = []
    monkeypatch.setattr(Runserver, "run", lambda command, **options: ran.append(command.port))
    return ran


@pytest.fixture
def taken():
    """A port that another server listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free(taken):
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_runserver_listens_on_port(ran, settings, free):
    settings.PORT = free
    call_command("runserver")
    assert ran == [str(free)]


def test_a_port_in_use_is_named(ran, settings, taken):
    settings.PORT = taken
    with pytest.raises(CommandError, match=f"^Port {taken} is in use: make run PORT={taken + 1}$"):
        call_command("runserver")
    assert ran == []


def test_a_reload_does_not_check_the_port(ran, settings, taken, monkeypatch):
    monkeypatch.setenv("RUN_MAIN", "true")
    settings.PORT = taken
    call_command("runserver")
    assert ran == [str(taken)]


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_no_port_is_refused_before_anything_else(port):
    done = check_port(port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"PORT is {port}, but a port is a number up to 65535.\n"


def test_port_is_checked_before_anything_else(taken, free):
    done = check_port(taken)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {taken} is in use: make run PORT={taken + 1}\n"
    assert check_port(free).returncode == 0


def check_port(port):
    environment = {"PORT": str(port), "ENV_FILE": ""}
    command = [sys.executable, "-m", "core.port"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("127.0.0.1", "localhost"),
        ("0", "localhost"),
        ("10.0.0.7", "10.0.0.7"),
        ("fd00::1", "[fd00::1]"),
    ],
)
@pytest.mark.parametrize("demonstration", [True, False])
def test_the_banner_has_the_addresses_and_the_mode(settings, address, host, demonstration):
    settings.DEMO_CODES = demonstration
    command = Command(stdout=StringIO())
    command.addr = address
    command.on_bind(8123)
    banner = command.stdout.getvalue()
    for path in ("/", "/graphql", "/docs/", "/admin/"):
        assert f" http://{host}:8123{path}" in banner
    assert ("This is a demonstration" in banner) is demonstration
    assert "Ctrl-C" in banner
