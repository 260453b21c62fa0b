"""Every response has the same security headers, whichever code answers."""

import pytest
from django.db import OperationalError
from django.test import Client

from core import health
from referral.models import User
from referral.tests.factories import new_number, new_user
from schema import graphiql, reference

pytestmark = pytest.mark.django_db
TOKEN = "a token for the tests"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
ADMIN_PAGES = [
    *("/admin/", "/admin/password_change/", "/admin/jsi18n/", "/admin/nowhere/"),
    *("/admin/referral/user/", "/admin/referral/session/", "/admin/referral/signinevent/"),
    *("/admin/auth/group/add/", "/admin/referral/user/x/change/"),
]


@pytest.fixture
def client(settings):
    """A client of a server with metrics and static files."""
    settings.METRICS_TOKEN = TOKEN
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    return Client(raise_request_exception=False)


@pytest.fixture
def page(tmp_path, monkeypatch):
    rendered = tmp_path / "index.html"
    rendered.write_text("the reference")
    monkeypatch.setattr(reference, "PAGE", rendered)
    monkeypatch.setattr(graphiql, "is_here", lambda: True)
    health._migrated.set()


@pytest.fixture
def failing(request, monkeypatch):
    """A function that raises an error."""
    name, error = request.param

    def fail(*_):
        raise error

    monkeypatch.setattr(name, fail)


def check(answer, status):
    answer.close()
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 200) for path in ("/healthz", "/readyz", "/metrics")),
        *((path, 200) for path in ("/", "/i/ABCDEF", "/i/ABCDEF/qr.svg", "/docs/", "/static/web/page.css")),
        *((path, 302) for path in ("/admin/", "/admin/referral/user/")),
        *((path, 404) for path in ("/nowhere", "/graphql/nowhere", "/static/nowhere.js")),
        *(("/admin/login/", 200), ("/graphql", 400), ("/healthz/", 404)),
    ],
)
def test_a_page(client, page, path, status):
    check(client.get(path, secure=True, headers={"Authorization": f"Bearer {TOKEN}"}), status)


def test_graphiql_and_answers_of_the_endpoint(client, page):
    check(client.get("/graphql", secure=True, headers={"Accept": "text/html"}), 200)
    me = {"query": "{ me { phone } }"}
    check(client.post("/graphql", me, content_type="application/json", secure=True), 200)
    check(client.put("/graphql", secure=True), 405)
    check(client.options("/graphql", secure=True, headers={"Access-Control-Request-Method": "POST"}), 200)


@pytest.mark.parametrize("path", ["/", "/graphql", "/admin/", "/static/web/page.css"])
def test_an_unknown_host(client, path):
    answer = client.get(path, secure=True, headers={"Host": "evil.example"})
    check(answer, 200 if path.startswith("/static") else 400)


@pytest.mark.parametrize(
    ("failing", "path", "status"),
    [
        (("web.views.gettext", RuntimeError), "/", 500),
        (("web.views.gettext", OperationalError), "/", 503),
        (("core.health.JsonResponse", RuntimeError), "/healthz", 500),
    ],
    indirect=["failing"],
)
def test_a_failure(client, failing, path, status):
    check(client.get(path, secure=True), status)


def test_a_refused_scrape_and_a_method_that_a_probe_has_not(client):
    check(client.get("/metrics", secure=True), 401)
    check(client.post("/healthz", secure=True), 405)


def test_only_https_gets_hsts_and_only_pages_are_redirected_to_it(settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    probe, page = client.get("/healthz"), client.get("/")
    assert (probe.status_code, page.status_code, page["Location"]) == (200, 301, "https://testserver/")
    for answer in (probe, page):
        assert "Strict-Transport-Security" not in answer
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_the_admin_has_a_policy_without_inline_code_and_needs_none(client, path):
    client.force_login(User.objects.create_superuser(new_number(), "a long password of theirs"))
    answer = client.get(path.replace("/x/", f"/{new_user().id}/"), secure=True)
    check(answer, 404 if "nowhere" in path else 200)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    for inline in (b"<script>", b" style=", b" onclick="):
        assert inline not in answer.content
