"""The README's commands, executed as written, from a bare checkout to two linked profiles."""

import json
import re
import subprocess

import pytest

COMMANDS = re.compile(r"^    ((?:pip|python) .+)$", re.MULTILINE)
TRANSCRIPT = re.compile(r"^```sh\n(.+?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def readme(clone):
    return (clone / "README.md").read_text()


def follow(readme, url, interpreter):
    """The output of the transcript, one answer per line."""
    (transcript,) = TRANSCRIPT.findall(readme)
    assert "http://localhost:8000/" in transcript
    script = transcript.replace("http://localhost:8000/", f"{url}/")
    done = subprocess.run([interpreter], input=script, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return [json.loads(line)["data"] for line in done.stdout.splitlines()]


def assert_the_whole_flow(readme, url, interpreter="bash"):
    sent, signed_in, activated, boris, anna = follow(readme, url, interpreter)
    assert len(sent["requestCode"]["demoCode"]) == sent["requestCode"]["codeLength"] == 4
    assert signed_in["verifyCode"]["__typename"] == "SignedIn"
    assert activated["activateInvite"] == {"__typename": "InviteActivated"}
    anna, boris = anna["me"], boris["me"]
    assert anna["invitedPhones"] == [boris["phone"]]
    assert boris["activatedCode"] == anna["inviteCode"] == signed_in["verifyCode"]["user"]["inviteCode"]
    assert (boris["invitedPhones"], anna["activatedCode"]) == ([], None)
    return sent


def test_make_run_serves_the_flow(start, readme):
    with start("make", "run") as server:
        sent = assert_the_whole_flow(readme, server.url)
        assert f"Your sign-in code: {sent['requestCode']['demoCode']}" in server.output()
        server.interrupt()
        assert "Traceback" not in server.output()


def test_make_run_a_second_time_keeps_the_data_and_serves_another_shell(start, readme):
    with start("make", "run") as server:
        assert_the_whole_flow(readme, server.url, interpreter="sh")
        assert server.interrupt() in (0, 2, -2)


def test_the_usual_django_commands_work(start, readme, clone, environment):
    install, migrate, runserver = COMMANDS.findall(readme)
    subprocess.run(["python3", "-m", "venv", "habit"], cwd=clone, env=environment, check=True)
    path = {"PATH": f"{clone}/habit/bin:{environment['PATH']}"}
    for command in (install, migrate):
        subprocess.run(command.split(), cwd=clone, env=environment | path, check=True, capture_output=True)
    with start(*runserver.split(), **path) as server:
        assert_the_whole_flow(readme, server.url)
        assert server.interrupt() == 0


def test_make_run_works_on_postgresql(start, readme, clone, environment):
    subprocess.run(["make", ".venv/requirements-dev"], cwd=clone, env=environment, check=True)
    run = (".venv/bin/python", "-W", "ignore", "scripts/with_postgres.py", "make", "run")
    sqlite = clone / "db.sqlite3"
    sqlite.unlink(missing_ok=True)
    with start(*run) as server:
        assert_the_whole_flow(readme, server.url)
        assert not sqlite.exists()
