"""A server whose clock is ahead issues tokens, and another one is asked with them at once.

The other server is the project's own code with the same keys and database, and a later time.
"""

import asyncio
import os
import subprocess
import time

import pytest
from client import ME, REQUEST_CODE, VERIFY_CODE, post

PHONE = "+79110000001"
ISSUE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from referral.models import Session
from schema.tokens import access_tokens
session = Session.objects.latest("created_at")
for ahead in map(float, sys.argv[1:]):
    print(access_tokens.issue(session, 1, timezone.now() + timedelta(seconds=ahead))[0])
"""
KEY = "a key for the checks, of more than thirty-two bytes"
EXPIRED, SOON = -600, -590  # seconds: a token lives for ten minutes


def ask(port, query, **options):
    return asyncio.run(post(port, query, **options))


@pytest.fixture(scope="module")
def hosts(serve, clone, database):
    """The server's port, and a function that issues tokens as a server with another clock does."""
    settings = {
        "DATABASE_URL": database.url,
        "SECRET_KEY": KEY,
        "DEMO_CODES": "true",
        "DEBUG": "false",
    }

    def issue(*ahead):
        command = [clone / ".venv/bin/python", "-W", "ignore", "-c", ISSUE, *map(str, ahead)]
        environment = {"PATH": os.environ["PATH"], "ALLOWED_HOSTS": "localhost"} | settings
        done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    with serve(SECRET_KEY=KEY) as server:
        _, _, sent = ask(server.port, REQUEST_CODE, phone=PHONE)
        code = sent["data"]["requestCode"]["demoCode"]
        _, _, answer = ask(server.port, VERIFY_CODE, phone=PHONE, code=code)
        assert answer["data"]["verifyCode"]["__typename"] == "SignedIn"
        yield server.port, issue


def test_a_token_of_a_server_whose_clock_is_a_few_seconds_ahead(hosts):
    port, issue = hosts
    ahead = [0.05, 3, 9, 60, 3600]
    answers = [ask(port, ME, token=token)[2] for token in issue(*ahead)]
    assert [answer["data"]["me"] is not None for answer in answers] == [True, True, True, False, False]
    codes = {answer["errors"][0]["extensions"]["code"] for answer in answers[3:]}
    assert codes == {"UNAUTHENTICATED"}


def test_the_expiry_has_no_leeway(hosts):
    port, issue = hosts
    expired, soon = issue(EXPIRED, SOON)
    issued = time.monotonic()
    assert ask(port, ME, token=expired)[2]["data"]["me"] is None
    assert ask(port, ME, token=soon)[2]["data"]["me"] == {"phone": PHONE}
    while ask(port, ME, token=soon)[2]["data"]["me"] and time.monotonic() < issued + 60:
        time.sleep(0.2)
    assert time.monotonic() - issued < 15  # ten seconds of leeway would make it twenty
