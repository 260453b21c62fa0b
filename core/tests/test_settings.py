"""Settings read from the environment, each time in a new process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOW = (
    "import json; from django.conf import settings; "
    "print(json.dumps([getattr(settings, name) for name in {names}]))"
)


def start(command, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept |= {"DJANGO_SETTINGS_MODULE": "core.settings", "PYTHONPATH": str(ROOT), "ENV_FILE": ""}
    return subprocess.run(
        [sys.executable, *command],
        env=kept | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def shown(names, **environment):
    done = start(["-c", SHOW.format(names=names)], **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_server_does_not_start_without_secret_key():
    done = start(["-c", "import core.wsgi"])
    assert "SECRET_KEY is required when DEBUG is off" in done.stderr
    assert done.returncode != 0


def test_the_server_starts_with_a_key_and_a_gateway():
    done = start(["-c", "import core.wsgi"], SECRET_KEY="k" * 32, SMS_URL="memory://")
    assert done.returncode == 0, done.stderr


def test_the_server_defaults_to_production():
    names = ["DEBUG", "DEMO_CODES", "CORS_ALLOW_ALL_ORIGINS", "ALLOWED_HOSTS", "SMS_URL"]
    assert shown(names, SECRET_KEY="k" * 32) == [False, False, False, [], "console://"]


def test_the_command_line_defaults_to_development():
    show = ["manage.py", "shell", "-v", "0", "-c", SHOW.format(names=["DEBUG", "DEMO_CODES"])]
    assert json.loads(start(show).stdout) == [True, True]
    assert json.loads(start(show, DEBUG="false", SECRET_KEY="k" * 32).stdout) == [False, False]


def test_settings_are_parsed_from_the_environment():
    names = ["SMS_COUNTRIES", "PUBLIC_URL", "PHONE_HASH_KEY", "SECRET_KEY_FALLBACKS", "TRUSTED_PROXIES"]
    assert shown(
        names,
        SECRET_KEY="k" * 32,
        SMS_COUNTRIES="RU, KZ",
        PUBLIC_URL="https://example.com/",
        SECRET_KEY_FALLBACKS="a,b",
        TRUSTED_PROXIES="2",
    ) == [["RU", "KZ"], "https://example.com", "k" * 32, ["a", "b"], 2]
    assert shown(["PHONE_HASH_KEY"], SECRET_KEY="k" * 32, PHONE_HASH_KEY="p" * 32) == ["p" * 32]


def test_an_empty_variable_counts_as_unset():
    names = ["PORT", "PUBLIC_URL", "PHONE_REGION", "PHONE_HASH_KEY", "SMS_URL", "TRUSTED_PROXIES"]
    empty = dict.fromkeys([*names, "DATABASE_URL"], "")
    names.append("DATABASES")
    assert shown(names, SECRET_KEY="k" * 32, **empty) == shown(names, SECRET_KEY="k" * 32)


def test_a_missing_env_file_is_an_error():
    done = start(["-c", "import core.settings"], SECRET_KEY="k" * 32, ENV_FILE="nowhere.env")
    assert "nowhere.env does not exist" in done.stderr


def test_the_environment_overrides_the_env_file(tmp_path):
    file = tmp_path / "settings.env"
    file.write_text(f"SECRET_KEY={'f' * 32}\nPHONE_REGION=KZ\n")
    names = ["SECRET_KEY", "PHONE_REGION"]
    assert shown(names, ENV_FILE=str(file), PHONE_REGION="UA") == ["f" * 32, "UA"]


@pytest.mark.parametrize(
    ("wrong", "id_"),
    [
        ({"SECRET_KEY": "k" * 31}, "core.E002"),
        ({"SECRET_KEY_FALLBACKS": "short"}, "core.E002"),
        ({"PHONE_HASH_KEY": "short"}, "core.E002"),
        ({"TRUSTED_PROXIES": "-1"}, "core.E001"),
        ({"PUBLIC_URL": "example.com"}, "core.E004"),
        ({"REDIS_URL": "redis://localhost:port/0"}, "referral.E003"),
        ({"REDIS_URL": "localhost:6379"}, "referral.E003"),
        ({"CODE_LENGTH": "3"}, "referral.E004"),
        ({"CODES_PER_DAY": "100", "GUESSES_PER_DAY": "100", "SHORT_GUESSES_PER_DAY": "100"}, "referral.E005"),
        ({"WEB_CONCURRENCY": "2"}, "core.E003"),
        ({"SMS_URL": "unknown://"}, "referral.E001"),
        ({"SMS_URL": "unknown://", "DEMO_CODES": "true"}, "referral.E006"),
        ({"PHONE_REGION": "Russia"}, "referral.E002"),
        ({}, "referral.E007"),
        ({"TEST_NUMBERS": "+79990000001:1234:2027-01-01"}, "referral.E008"),
    ],
)
def test_the_server_does_not_start_if_a_check_fails(wrong, id_):
    done = start(["-c", "import core.wsgi"], **{"SECRET_KEY": "k" * 32} | wrong)
    assert id_ in done.stderr
    assert done.returncode != 0


PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "a key of its own, long and random: 0123456789 abcdefghij",
    "ALLOWED_HOSTS": "example.com",
    "PUBLIC_URL": "https://example.com",
    "TRUSTED_PROXIES": "1",
    "SMS_URL": "exolve://key@sender",
    "SMS_PER_DAY": "1000",
}


def test_the_deployment_checks_pass():
    done = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_behind_an_https_proxy_plain_http_is_redirected():
    ask = (
        "import django; django.setup(); from django.test import Client; ask = Client().get; "
        "plain = ask('/graphql', headers={'Host': 'example.com'}); "
        "probe = ask('/healthz', headers={'Host': 'example.com'}); "
        "encrypted = ask('/graphql', headers={'Host': 'example.com', 'X-Forwarded-Proto': 'https'}); "
        "print(plain.status_code, plain.url, probe.status_code, 'Strict-Transport-Security' in probe, "
        "encrypted['Strict-Transport-Security'])"
    )
    assert start(["-c", ask], **PRODUCTION).stdout == (
        "301 https://example.com/graphql 200 False max-age=31536000\n"
    )


def test_demo_codes_in_production_log_a_warning():
    done = start(["-c", "import core.wsgi"], SECRET_KEY="k" * 32, DEMO_CODES="true")
    (line,) = (json.loads(line) for line in done.stderr.splitlines() if line.startswith("{"))
    assert (line["level"], done.returncode) == ("WARNING", 0)
    assert "DEMO_CODES is on" in line["message"]


@pytest.mark.parametrize(
    ("token", "warned"), [("", False), ("fifteen letters", True), ("sixteen letters!", False)]
)
def test_a_short_metrics_token_is_a_warning(token, warned):
    done = start(["manage.py", "check"], **PRODUCTION, METRICS_TOKEN=token)
    assert (done.returncode, "core.W002" in done.stderr) == (0, warned)


def test_https_settings_follow_public_url():
    names = ["SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "CSRF_TRUSTED_ORIGINS"]
    plain = PRODUCTION | {"PUBLIC_URL": "http://example.com"}
    assert shown(names, **plain) == [False, 0, []]
    assert shown(names, **PRODUCTION) == [True, 31_536_000, ["https://example.com"]]


@pytest.mark.parametrize("switch", ["GRAPHIQL", "INTROSPECTION"])
def test_graphiql_and_introspection_can_be_turned_off(switch):
    ask = (
        "import django; django.setup(); from django.test import Client; "
        "page = Client().get('/graphql', headers={'Accept': 'text/html'}); "
        "asked = {'query': '{ __schema { queryType { name } } }'}; "
        "answer = Client().post('/graphql', asked, 'application/json'); "
        "print(page.status_code, 'errors' in answer.json())"
    )
    common = {"SECRET_KEY": "k" * 32, "ALLOWED_HOSTS": "testserver"}
    assert start(["-c", ask], **common).stdout == "200 False\n"
    seen = {"GRAPHIQL": "404 False\n", "INTROSPECTION": "200 True\n"}
    assert start(["-c", ask], **common, **{switch: "false"}).stdout == seen[switch]


def test_database_url_selects_postgresql():
    (databases,) = shown(["DATABASES"], SECRET_KEY="k" * 32, DATABASE_URL="postgres://u:p@db:5432/name")
    database = databases["default"]
    assert (database["ENGINE"], database["HOST"]) == ("core.postgresql", "db")
    assert database["OPTIONS"]["options"] == (
        "-c lock_timeout=3s -c statement_timeout=5s -c idle_in_transaction_session_timeout=10s"
    )
