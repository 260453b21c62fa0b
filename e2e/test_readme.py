"""The commands of README.md and docs/try.md, executed as written in a bare checkout."""

import json
import re
import subprocess

import pytest

COMMANDS = re.compile(r"^    ((?:pip|python) .+)$", re.MULTILINE)
SCRIPT = re.compile(r"^```sh\n(.+?)^```$", re.MULTILINE | re.DOTALL)
TRANSCRIPT = re.compile(r"^\$ (curl .+?)\n(\{.+?\})$", re.MULTILINE | re.DOTALL)
REFUSED = re.compile(r"^```console\n(\{.+?\})$", re.MULTILINE)
API = "http://localhost:8000/graphql"


@pytest.fixture
def guide(clone):
    return (clone / "docs" / "try.md").read_text()


@pytest.fixture
def readme(clone):
    return (clone / "README.md").read_text()


def follow(script, url, interpreter="bash"):
    """The answers that a script of a document prints, one in a line."""
    assert API in script
    script = script.replace(API, f"{url}/graphql")
    done = subprocess.run([interpreter], input=script, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return [json.loads(line)["data"] for line in done.stdout.splitlines()]


def assert_the_transcript(readme, url):
    """The server prints what the README shows, except for the codes, which are random."""
    (request_code, shown), (verify_code, shown_user) = TRANSCRIPT.findall(readme)
    shown, shown_user = json.loads(shown)["data"], json.loads(shown_user)["data"]
    (sent,) = follow(request_code, url)
    code = sent["requestCode"].pop("demoCode")
    printed_code = shown["requestCode"].pop("demoCode")
    assert sent == shown
    assert f'\\"{printed_code}\\"' in verify_code
    verify_code = verify_code.replace(printed_code, code)
    (signed_in,), (again,) = follow(verify_code, url), follow(verify_code, url)
    for answer in (signed_in, shown_user):
        assert len(answer["verifyCode"]["user"].pop("inviteCode")) == 6
    assert signed_in == shown_user
    (refused,) = REFUSED.findall(readme)
    assert again == json.loads(refused)["data"]


def assert_the_whole_flow(guide, url, interpreter="bash"):
    (script,) = SCRIPT.findall(guide)
    sent, signed_in, activated, boris, anna = follow(script, url, interpreter)
    assert len(sent["requestCode"]["demoCode"]) == sent["requestCode"]["codeLength"] == 4
    assert signed_in["verifyCode"]["__typename"] == "SignedIn"
    assert activated["activateInvite"] == {"__typename": "InviteActivated"}
    anna, boris = anna["me"], boris["me"]
    assert anna["invitedPhones"] == [boris["phone"]]
    assert boris["activatedCode"] == anna["inviteCode"] == signed_in["verifyCode"]["user"]["inviteCode"]
    assert (boris["invitedPhones"], anna["activatedCode"]) == ([], None)
    return sent


def test_make_run_serves_the_flow(start, guide, readme):
    with start("make", "run") as server:
        assert_the_transcript(readme, server.url)
        sent = assert_the_whole_flow(guide, server.url)
        assert f"Your sign-in code: {sent['requestCode']['demoCode']}" in server.output()
        server.interrupt()
        assert "Traceback" not in server.output()


def test_make_run_a_second_time_keeps_the_data_and_serves_another_shell(start, guide):
    with start("make", "run") as server:
        assert_the_whole_flow(guide, server.url, interpreter="sh")
        assert server.interrupt() in (0, 2, -2)


def test_the_usual_django_commands_work(start, guide, clone, environment):
    install, migrate, runserver = COMMANDS.findall(guide)
    subprocess.run(["python3", "-m", "venv", "habit"], cwd=clone, env=environment, check=True)
    path = {"PATH": f"{clone}/habit/bin:{environment['PATH']}"}
    for command in (install, migrate):
        subprocess.run(command.split(), cwd=clone, env=environment | path, check=True, capture_output=True)
    with start(*runserver.split(), **path) as server:
        assert_the_whole_flow(guide, server.url)
        assert server.interrupt() == 0


def test_make_run_works_on_postgresql(start, guide, clone, environment):
    subprocess.run(["make", ".venv/requirements-dev"], cwd=clone, env=environment, check=True)
    run = (".venv/bin/python", "-W", "ignore", "scripts/with_postgres.py", "make", "run")
    sqlite = clone / "db.sqlite3"
    sqlite.unlink(missing_ok=True)
    with start(*run) as server:
        assert_the_whole_flow(guide, server.url)
        assert not sqlite.exists()
