"""A fresh clone of the last commit, and servers started in it as by a new user."""

import os
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from browsing import NOWHERE
from playwright.sync_api import sync_playwright
from ports import free_port
from postgres import postgres
from redis_server import redis as redis_server
from server import Server

E2E = Path(__file__).parent
ROOT = E2E.parent

# Some CI runs this in a background shell, which ignores SIGINT, and the servers would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clone") / "referral"
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    return folder


def need(program):
    """The path of a program. Skips the test if it is missing, but fails in CI."""
    path = shutil.which(program)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{program} is missing")
    return path or pytest.skip(f"{program} is missing")


@pytest.fixture(scope="session")
def node():
    """Run a program of e2e/package.json, installed on first use. Returns its output; fails if it fails."""
    need("node")
    lock, installed = E2E / "package-lock.json", E2E / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(
            [need("npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=E2E, check=True
        )

    def node(*command, **options):
        npx = ["npx", "--no-install", *map(str, command)]
        done = subprocess.run(npx, check=False, cwd=E2E, capture_output=True, text=True, **options)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return node


@pytest.fixture
def browser():
    """Chromium without internet access."""
    path = shutil.which("google-chrome") or need("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", NOWHERE])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def environment():
    """The environment of a new user: no settings of the service, except a free port."""
    kept = {name: value for name, value in os.environ.items() if name in NEW_USER or name.startswith("PIP_")}
    return kept | {"PORT": str(free_port())}


NEW_USER = {"HOME", "LANG", "PATH", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "TMPDIR"}


@pytest.fixture(scope="module")
def start(clone, environment, tmp_path_factory):
    @contextmanager
    def start(*command, errors=subprocess.STDOUT, **more):
        settings = environment | more
        log = tmp_path_factory.mktemp("server") / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                command,
                cwd=clone,
                env=settings,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
        server = Server(process, log, int(settings["PORT"]))
        try:
            server.wait_until_ready()
            yield server
        finally:
            if process.poll() is None:
                server.interrupt()

    return start


@pytest.fixture
def server(start):
    """The demonstration server, on SQLite."""
    with start("make", "run") as server:
        yield server


@pytest.fixture
def later(clone):
    """Age the codes that were sent by some minutes, and waive their cooldown."""

    def later(minutes=0):
        with closing(sqlite3.connect(clone / "db.sqlite3", timeout=20)) as database, database:
            database.execute(
                "UPDATE referral_phonesignin SET cooldown_waived = 1,"
                " code_expires_at = datetime(code_expires_at, ?)",
                [f"-{minutes} minutes"],
            )

    return later


@pytest.fixture(scope="module")
def database():
    with postgres() as server:
        yield server


@pytest.fixture(scope="module")
def redis():
    with redis_server(need("redis-server")) as server:
        yield server


@pytest.fixture(scope="module")
def serve(clone, environment, start, database):
    """Start the production server with further settings. `errors` is its standard error, as for Popen."""
    subprocess.run(["make", ".venv/requirements-dev"], cwd=clone, env=environment, check=True)

    @contextmanager
    def serve(errors=subprocess.STDOUT, **settings):
        production = {
            "DATABASE_URL": database.url,
            "SECRET_KEY": "a key for the checks, of more than thirty-two bytes",
            "ALLOWED_HOSTS": "localhost",
            "DEMO_CODES": "true",
        } | settings
        with start("make", "serve", errors=errors, **production) as server:
            yield server

    return serve
