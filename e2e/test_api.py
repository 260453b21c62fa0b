"""The endpoint under generic GraphQL tools."""

import asyncio
import subprocess
import sys

import pytest
from client import REQUEST_CODE, VERIFY_CODE, post

from conftest import E2E, ROOT

SCHEMATHESIS = "schemathesis==4.32.5"
EXAMPLES = 200  # per operation


@pytest.fixture
def server(start):
    with start("make", "run") as server:
        yield server


def access_token(server, phone="+79230000001"):
    async def sign_in():
        port = int(server.url.rpartition(":")[2])
        _, _, body = await post(port, REQUEST_CODE, phone=phone)
        code = body["data"]["requestCode"]["demoCode"]
        return await post(port, VERIFY_CODE, phone=phone, code=code)

    _, _, body = asyncio.run(sign_in())
    return body["data"]["verifyCode"]["accessToken"]


def test_all_graphql_over_http_audits_pass(server, node):
    assert node("node", E2E / "audits.mjs", f"{server.url}/graphql") == "61 of 61\n"


def test_the_schema_has_no_breaking_changes_since_the_release(node):
    old, new = ROOT / "schema" / "released.graphql", ROOT / "schema" / "schema.graphql"
    node("graphql-inspector", "diff", old, new)


def test_the_inspector_detects_breaking_changes(node, tmp_path):
    """The check above can fail."""
    sdl = (ROOT / "schema" / "released.graphql").read_text()
    broken = tmp_path / "broken.graphql"
    broken.write_text(sdl.replace("activatedCode: String\n", "enteredCode: String\n", 1))
    with pytest.raises(AssertionError, match="activatedCode"):
        node("graphql-inspector", "diff", ROOT / "schema" / "released.graphql", broken)


def test_random_operations_cause_no_server_errors(server, tmp_path):
    """Schemathesis runs in its own environment.

    Two operations are excluded: signOut would end the session, and `user` answers most random numbers with a
    top-level error, RATE_LIMITED, which Schemathesis takes for a server error.
    """
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    subprocess.run([tmp_path / "bin" / "pip", "install", "-q", SCHEMATHESIS], check=True)
    command = [tmp_path / "bin" / "st", "run", f"{server.url}/graphql", "--no-color", "--phases", "fuzzing"]
    command += ["--header", f"Authorization: Bearer {access_token(server)}"]
    command += ["--exclude-name", "Mutation.signOut", "--exclude-name", "Query.user"]
    command += ["--checks", "not_a_server_error"]
    command += ["--max-examples", str(EXAMPLES)]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout
