"""The client libraries of front-end developers, against this schema and server."""

import json
import os
import shutil
import subprocess

import pytest

from conftest import E2E, ROOT, need

CLIENTS = E2E / "clients"
SDL = ROOT / "schema" / "schema.graphql"
EXAMPLE = ROOT / "docs" / "clients" / "typescript"
LEFT_OUT = shutil.ignore_patterns("node_modules", "generated")
UNIONS = ["RequestCodeResult", "VerifyCodeResult", "RefreshSessionResult", "ActivateInviteResult"]


@pytest.mark.parametrize("library", ["apollo", "urql"])
def test_the_flow(node, start, library):
    with start("make", "run") as server:
        assert node("node", CLIENTS / f"{library}.mjs", f"{server.url}/graphql", SDL) == "ok\n"


@pytest.mark.usefixtures("node")
def test_relay_compiles(tmp_path):
    project = shutil.copytree(CLIENTS / "relay", tmp_path / "relay")
    shutil.copy(SDL, project)
    done = run(E2E / "node_modules" / ".bin" / "relay-compiler", "--noWatchman", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project / "src" / "__generated__" / "InviteesPage.graphql.ts").read_text()
    assert "after: $cursor" in page
    assert "hasNextPage" in page


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(EXAMPLE / name, folder)
    need("node")
    done = run(need("npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "node_modules"


@pytest.fixture
def project(packages, tmp_path):
    """A copy of the example, with the SDL at the same relative path."""
    folder = shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.relative_to(ROOT), ignore=LEFT_OUT)
    (folder / "node_modules").symlink_to(packages)
    (tmp_path / "schema").mkdir()
    shutil.copy(SDL, tmp_path / "schema")
    return folder


def test_the_example_runs(project, start):
    with start("make", "run") as server:
        example = npm(project, "start", REFERRAL_URL=f"{server.url}/graphql")
    users = json.loads(example[example.rindex("\n{") :])
    assert users["anna"]["invitedPhones"] == [users["boris"]["phone"]]
    assert users["boris"]["activatedCode"] == users["anna"]["inviteCode"]


def test_parallel_requests_refresh_once(project, start):
    shutil.copy(CLIENTS / "refresh.ts", project / "src")
    npm(project, "run", "check")
    with start("make", "run") as server:
        url = f"{server.url}/graphql"
        done = run(project / "node_modules" / ".bin" / "tsx", "src/refresh.ts", url, cwd=project)
    assert done.stdout == "ok\n", done.stderr


def test_a_new_member_of_a_union_breaks_the_compilation(project):
    change_unions(project, lambda members: [*members, "PhoneMismatch"])
    assert check_fails(project).count("is not assignable to parameter of type 'never'") == len(UNIONS)


def test_a_removed_member_of_a_union_breaks_the_compilation(project):
    plain = {"InvalidPhone", "InvalidRefreshToken", "OwnInvite"}  # no fields of their own: only tsc notices
    change_unions(project, lambda members: [each for each in members if each not in plain])
    assert check_fails(project).count("error TS2678") == len(UNIONS)


def change_unions(project, change):
    sdl = project.parents[2] / "schema" / "schema.graphql"
    lines = sdl.read_text().splitlines()
    for number, line in enumerate(lines):
        head, _, members = line.partition(" = ")
        if head.removeprefix("union ") in UNIONS:
            lines[number] = f"{head} = {' | '.join(change(members.split(' | ')))}"
    sdl.write_text("\n".join(lines))


def check_fails(project):
    done = run("npm", "run", "check", cwd=project)
    assert done.returncode != 0
    return done.stdout


def npm(project, *command, **settings):
    done = run("npm", *command, cwd=project, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run(*command, cwd, **settings):
    environment = os.environ | settings
    return subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True)
