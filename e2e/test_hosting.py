"""The recipes of docs/deployment.md without gevent, executed as written."""

import asyncio
import re
import subprocess
from pathlib import Path

import pytest
from client import REQUEST_CODE, VERIFY_CODE, post
from postgres import postgres

ROOT = Path(__file__).parent.parent
RECIPES = dict(re.findall(r"```(\w+)\n(.*?)```", (ROOT / "docs" / "deployment.md").read_text(), re.DOTALL))
SETTINGS = {
    "DEBUG": "false",
    "DEMO_CODES": "true",
    "SECRET_KEY": "a key for the checks, of more than thirty-two bytes",
    "ALLOWED_HOSTS": "localhost",
}
# A stand-in for the WSGI server of a hosting provider: one thread per request.
HOST = """
import os, runpy, sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server
class Server(ThreadingMixIn, WSGIServer): request_queue_size = 64
application = runpy.run_path(sys.argv[1])["application"]
make_server("127.0.0.1", int(os.environ["PORT"]), application, Server).serve_forever()
"""


@pytest.fixture
def bin_folder(clone, environment):
    subprocess.run(["make", ".venv/requirements"], cwd=clone, env=environment, check=True)
    return clone / ".venv" / "bin"


async def sign_in(port, number):
    phone = f"+7919{number:07}"
    _, _, body = await post(port, REQUEST_CODE, phone=phone)
    code = body["data"]["requestCode"]["demoCode"]
    _, _, body = await post(port, VERIFY_CODE, phone=phone, code=code)
    return body["data"]["verifyCode"]["__typename"]


def sign_ins(port, count):
    async def crowd():
        return await asyncio.gather(*(sign_in(port, number) for number in range(count)))

    return asyncio.run(crowd())


def test_the_procfile_works(bin_folder, environment, start, clone):
    lines = dict(line.split(": ", 1) for line in RECIPES["procfile"].splitlines())
    with postgres() as database:
        settings = SETTINGS | {
            "DATABASE_URL": database.url,
            "PATH": f"{bin_folder}:{environment['PATH']}",
        }
        subprocess.run(["sh", "-c", lines["release"]], cwd=clone, env=environment | settings, check=True)
        with start("sh", "-c", f"exec {lines['web']}", **settings):
            assert sign_ins(int(environment["PORT"]), 64) == ["SignedIn"] * 64
            opened, busy = database.connections()
            assert opened <= 20
            assert busy == 0


def test_the_wsgi_file_works(bin_folder, environment, start, tmp_path):
    project = tmp_path / "referral"
    subprocess.run(["git", "clone", "-q", ROOT, project], check=True)
    (project / ".env").write_text("".join(f"{name}={value}\n" for name, value in SETTINGS.items()))
    for command in ("migrate", "collectstatic --noinput"):
        manage = [bin_folder / "python", "manage.py", *command.split()]
        subprocess.run(manage, cwd=project, env=environment, check=True)
    wsgi_file = tmp_path / "www_example_com_wsgi.py"
    wsgi_file.write_text(RECIPES["python"].replace("/home/you/referral", str(project)))
    with start(bin_folder / "python", "-c", HOST, wsgi_file):
        assert sign_ins(int(environment["PORT"]), 16) == ["SignedIn"] * 16
