import pytest

pytestmark = pytest.mark.django_db


def code(answer):
    (error,) = answer.json()["errors"]
    assert error["extensions"]["requestId"] == answer["X-Request-ID"]
    return error["extensions"]["code"]


def test_an_unknown_host_gets_json_at_the_endpoint_and_a_page_elsewhere(client):
    answer = client.post("/graphql", {}, content_type="application/json", headers={"Host": "evil.example"})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    answer = client.get("/admin/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_an_unknown_path_gets_json_below_the_endpoint_and_a_page_elsewhere(client):
    answer = client.post("/graphql/v2")
    assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")
    assert client.get("/nowhere")["Content-Type"].startswith("text/html")


def test_a_bug_outside_the_schema_gets_json_without_details(client, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the secret detail")

    client.raise_request_exception = False
    monkeypatch.setattr("schema.endpoint.parameters_of", broken)
    answer = client.post("/graphql", {}, content_type="application/json")
    assert (answer.status_code, code(answer)) == (500, "INTERNAL_SERVER_ERROR")
    assert b"secret" not in answer.content


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
OURS = b'<body class="step">'


@pytest.mark.parametrize(
    "path", ["/nowhere", "/i/", "/i/ABC", "/i/ABCDEF/x", "/apiary", "/a/static/x", "/%00"]
)
def test_a_browser_gets_our_page_for_an_unknown_path(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(path, headers={"Accept": BROWSER})
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert {"Accept", "Accept-Language"} <= set(answer["Vary"].split(", "))
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    content = answer.content
    assert OURS in content
    assert b"<script" not in content
    assert b"style=" not in content
    assert (b"This invite link has no code" in content) == path.startswith("/i/")


def test_our_page_is_in_the_browsers_language(client):
    answer = client.get("/nowhere", headers={"Accept": BROWSER, "Accept-Language": "ru-RU,en;q=0.5"})
    content = answer.content.decode()
    assert answer["Content-Language"] == "ru"
    assert '<html lang="ru">' in content
    assert "<title>Нет такой страницы · Referral</title>" in content
    assert "Страница пошла своим путём" in content


@pytest.mark.parametrize(
    "accept",
    [None, "*/*", "application/json", "image/avif,image/*", "text/html;q=0, */*", "text/plain", "text/*", ""],
)
def test_programs_get_one_line_for_an_unknown_path(client, accept):
    answer = client.get("/nowhere", headers={"Accept": accept} if accept is not None else {})
    assert answer.status_code == 404
    assert b"Not Found" in answer.content
    assert OURS not in answer.content


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1/x", "/static/x.js", "/metrics", "/admin/x", "/.well-known/x"]
)
def test_paths_of_programs_have_no_page(client, path):
    answer = client.get(path, headers={"Accept": BROWSER})
    assert OURS not in answer.content


@pytest.mark.parametrize(
    "accept", ["text/html; q*=x'y'z", "text/html; charset*=nope''x", ";", ",,", "text/html;q=\x80"]
)
def test_an_odd_accept_header_is_no_failure(client, accept, caplog):
    assert client.get("/nowhere", headers={"Accept": accept}).status_code == 404
    assert "failed" not in caplog.text


@pytest.fixture
def broken(client, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the secret detail")

    client.raise_request_exception = False
    monkeypatch.setattr("web.views.gettext", fail)
    return fail


def test_a_browser_gets_our_page_for_a_bug(client, broken):
    answer = client.get("/", headers={"Accept": BROWSER, "Accept-Language": "ru"})
    assert answer.status_code == 500
    assert OURS in answer.content
    assert "Что-то пошло не так" in answer.content.decode()
    assert b"secret" not in answer.content
    assert OURS not in client.get("/").content


def test_a_bug_that_stops_our_page_too_leaves_one_line(client, broken, monkeypatch, caplog):
    monkeypatch.setattr("web.problem_pages.render_to_string", broken)
    answer = client.get("/", headers={"Accept": BROWSER})
    assert (answer.status_code, OURS in answer.content) == (500, False)
    assert b"Server Error" in answer.content
    assert "The page for an error failed." in caplog.text
