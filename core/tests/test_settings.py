"""Settings read from the environment, each time in a new process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

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
        ({"BRAND_NAME": "A\nB"}, "web.E001"),
        ({"BRAND_COLOUR": "red"}, "web.E002"),
        ({"BRAND_LOGO": "nowhere.svg"}, "web.E003"),
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
    common = {"DEBUG": "true", "ALLOWED_HOSTS": "testserver"}  # its static files need not be collected
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


NUMBERS = [
    *("PORT", "WEB_CONCURRENCY", "TRUSTED_PROXIES", "SMS_TIMEOUT", "INVITE_CODE_LENGTH", "CODE_LENGTH"),
    *("GUESSES_PER_CODE", "GUESSES_PER_DAY", "SHORT_GUESSES_PER_DAY", "CODES_PER_HOUR", "CODES_PER_DAY"),
    *("SERVICE_GUESSES_PER_DAY", "SMS_PER_DAY", "ADDRESS_CODES_PER_HOUR", "ADDRESS_GUESSES_PER_HOUR"),
    *("NETWORK_CODES_PER_HOUR", "NETWORK_GUESSES_PER_HOUR", "DATABASE_POOL", "STATEMENT_TIMEOUT"),
]
LOAD = ["-c", "from django.conf import settings; settings.DEBUG"]


def error_of(command=LOAD, **environment):
    """The exception that ends a process, as Python prints it."""
    postgresql = {"DATABASE_URL": "postgres://u:SECRET@db/name"}  # its variables are not read for SQLite
    done = start(command, **{"SECRET_KEY": "k" * 32} | postgresql | environment)
    assert done.returncode != 0
    assert "SECRET" not in done.stderr.replace("SECRET_KEY", "")
    return done.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.")


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_cannot_be_read_is_an_error_that_names_it(name):
    kind = "a number" if name == "SMS_TIMEOUT" else "a whole number"
    assert error_of(**{name: "many"}).startswith(f"ImproperlyConfigured: {name} must be {kind}, such as ")


@pytest.mark.parametrize("name", ["DEBUG", "DEMO_CODES", "GRAPHIQL", "INTROSPECTION"])
def test_a_switch_that_cannot_be_read_is_an_error_that_names_it(name):
    assert error_of(**{name: "maybe"}) == f"ImproperlyConfigured: {name} must be true or false."


@pytest.mark.parametrize(
    ("name", "value", "range_"),
    [
        ("WEB_CONCURRENCY", "-1", "1 to 1000"),
        ("WEB_CONCURRENCY", "0", "1 to 1000"),
        ("PORT", "0", "1 to 65535"),
        ("PORT", "65536", "1 to 65535"),
        ("DATABASE_POOL", "0", "1 to 10000"),
        ("STATEMENT_TIMEOUT", "-1", "0 to 86400"),
        ("SMS_PER_DAY", "-5", "0 to 2147483647"),
        ("SERVICE_GUESSES_PER_DAY", "9" * 30, "0 to 2147483647"),
        ("INVITE_CODE_LENGTH", "-6", "0 to 2147483647"),
    ],
)
def test_a_number_out_of_range_is_an_error_that_says_the_range(name, value, range_):
    error = error_of(**{name: value})
    assert error == f"ImproperlyConfigured: {name} must be a whole number from {range_}."


@pytest.mark.parametrize(
    "url",
    ["mysql://u:SECRET@db/name", "postgress://u:SECRET@db/name", "name", "db:5432", "//u:SECRET@db/x", " "],
)
def test_an_unknown_database_is_an_error(url):
    assert error_of(DATABASE_URL=url).startswith("ImproperlyConfigured: DATABASE_URL must be postgres://")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgres://u:SECRET@db", "must be postgres://"),
        ("postgres://u:SECRET@db:port/name", "cannot be read"),
        ("postgres://u:SECRET@db:99999/name", "cannot be read"),
        ("postgres://u:SE/CRET@db/name", "cannot be read"),
        ("sqlite://db.sqlite3", "needs three slashes"),
        ("sqlite://SECRET@db/x.sqlite3", "needs three slashes"),
    ],
)
def test_a_database_url_that_cannot_be_used_is_an_error(url, message):
    error = error_of(DATABASE_URL=url)
    assert error.startswith("ImproperlyConfigured: DATABASE_URL")
    assert message in error


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://h:port", "http://h:99999", "https://\u2488com", "//[x]"]
)
def test_a_public_url_that_cannot_be_read_is_an_error(url):
    error = error_of(PUBLIC_URL=url)
    assert error == "ImproperlyConfigured: PUBLIC_URL is not a URL, such as https://example.com."


GUNICORN = ["-m", "gunicorn", "--config", "core/gunicorn.py", "--check-config"]


@pytest.mark.parametrize("wrong", [{"PORT": "abc"}, {"DEBUG": "maybe"}, {"DATABASE_URL": "mysql://h/n"}])
def test_gunicorn_says_which_variable_is_wrong(wrong):
    (name,) = wrong
    assert error_of(GUNICORN, **wrong).startswith(f"ImproperlyConfigured: {name} must be ")


@pytest.mark.parametrize("command", [["check"], ["migrate"], ["runserver", "--noreload"]])
def test_the_command_line_says_which_variable_is_wrong(command):
    error = error_of(["manage.py", *command], PORT="abc")
    assert error == "ImproperlyConfigured: PORT must be a whole number, such as 8000."


def test_values_that_begin_with_a_dollar_sign_are_read_verbatim(tmp_path):
    keys = {"SECRET_KEY": "$HOME" + "k" * 32, "PHONE_HASH_KEY": "$$" + "p" * 32, "SMS_URL": "$PATH"}
    fallbacks = {"SECRET_KEY_FALLBACKS": "$HOME,$b"}
    names = [*keys, "SECRET_KEY_FALLBACKS"]
    assert shown(names, **keys, **fallbacks) == [*keys.values(), ["$HOME", "$b"]]
    file = tmp_path / "settings.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in (keys | fallbacks).items()))
    assert shown(names, ENV_FILE=str(file)) == [*keys.values(), ["$HOME", "$b"]]
    (databases,) = shown(["DATABASES"], SECRET_KEY="k" * 32, DATABASE_URL="postgres://$u:$HOME@db/$name")
    database = databases["default"]
    assert [database[name] for name in ("USER", "PASSWORD", "NAME")] == ["$u", "$HOME", "$name"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_env_file_may_come_from_windows(tmp_path, mark, end):
    file = tmp_path / "settings.env"
    file.write_bytes(mark + end.join([b"SECRET_KEY=" + b"k" * 32, b"# a comment", b"", b"PORT=8001", b""]))
    assert shown(["SECRET_KEY", "PORT"], ENV_FILE=str(file)) == ["k" * 32, 8001]


def test_an_env_file_in_another_encoding_is_an_error(tmp_path):
    file = tmp_path / "settings.env"
    file.write_bytes("SECRET_KEY=k".encode("utf-16"))
    assert error_of(ENV_FILE=str(file)) == f"ImproperlyConfigured: ENV_FILE: {file} is not UTF-8."


def test_international_host_names_are_compared_as_browsers_send_them():
    names = ["PUBLIC_URL", "CSRF_TRUSTED_ORIGINS", "ALLOWED_HOSTS"]
    idn = {"PUBLIC_URL": "https://Пример.рф:8443/x/", "ALLOWED_HOSTS": "пример.рф,.пример.рф,*,my_host"}
    assert shown(names, SECRET_KEY="k" * 32, **idn) == [
        "https://Пример.рф:8443/x",
        ["https://xn--e1afmkfd.xn--p1ai:8443"],
        ["xn--e1afmkfd.xn--p1ai", ".xn--e1afmkfd.xn--p1ai", "*", "my_host"],
    ]


@pytest.mark.parametrize(("debug", "told"), [("true", True), ("false", False)])
def test_a_server_without_tables_says_what_is_missing(tmp_path, debug, told):
    ask = (
        "import django; django.setup(); from django.test import Client; "
        "asked = {'query': 'mutation { requestCode(phone: \"+79110000001\") { __typename } }'}; "
        "answer = Client().post('/graphql', asked, 'application/json', headers={'Host': 'localhost'}); "
        "ready = Client().get('/readyz'); "
        "print(answer.status_code, answer.content.decode(), ready.status_code, ready.json()['missing'])"
    )
    done = start(
        ["-c", ask],
        DEBUG=debug,
        SECRET_KEY="k" * 32,
        ALLOWED_HOSTS="localhost",
        DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    )
    assert done.stdout.startswith("503 "), done.stderr
    assert '"extensions": {"code": "UNAVAILABLE"}' in done.stdout
    assert done.stdout.endswith(" 503 ['migrations']\n")
    assert ("python manage.py migrate" in done.stdout) is told
    assert "run: python manage.py migrate" in done.stderr


def test_unknown_paths_are_answered_in_development_as_in_production():
    ask = (
        "import django; django.setup(); from django.test import Client; ask = Client().get; "
        "page = ask('/nowhere', headers={'Accept': 'text/html'}); "
        "endpoint = ask('/graphql/v2', headers={'Accept': 'text/html'}); "
        "print(page.status_code, b'<body class=\"step\">' in page.content, endpoint.status_code, "
        "endpoint['Content-Type'], ask('/nowhere').content.count(b'urlconf'), ask('/admin').status_code)"
    )
    done = start(["-c", ask], DEBUG="true", ALLOWED_HOSTS="testserver")
    assert done.stdout == "404 True 404 application/json 0 301\n", done.stderr


def test_the_brand_is_read_without_spaces_around():
    names = ["BRAND_NAME", "BRAND_COLOUR", "BRAND_SECOND_COLOUR", "BRAND_LOGO", "BRAND_PREVIEW"]
    names += ["BRAND_PITCH", "BRAND_PITCH_RU"]
    assert shown(names, SECRET_KEY="k" * 32) == [""] * 7
    assert shown(names, SECRET_KEY="k" * 32, **dict.fromkeys(names, " $x y \r")) == ["$x y"] * 7
