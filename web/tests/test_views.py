import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/i/ABCDEF"])
def test_the_page_has_no_inline_code_and_a_strict_policy(client, path):
    answer = client.get(path)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert "default-src 'none'; script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "<script>" not in content
    assert "style=" not in content


def test_an_invite_link_fills_in_the_code_without_queries(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        known_or_not = client.get("/i/ABCDEF").content.decode()
    assert 'data-invite-code="ABCDEF"' in known_or_not
    assert '<meta property="og:title" content="You are invited · Referral">' in known_or_not
    assert '<meta property="og:url" content="https://example.com/i/ABCDEF">' in known_or_not
    assert '<meta property="og:image" content="https://example.com/static/web/preview.png">' in known_or_not


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/i/ABCDEF/", "ABCDEF"),
        ("/i/ABCDEF.", "ABCDEF"),
        ("/i/ABCDEF),", "ABCDEF"),
        ("/i/«ABCDEF»", "ABCDEF"),
        ("/i/%22ABCDEF%22!?utm_source=x", "ABCDEF"),
        ("/i/_ABCDEF_%E2%81%A9", "ABCDEF"),  # a direction mark
        ("/i/abcdef", "abcdef"),
        ("/i/abc-def", "abc-def"),
        ("/i/abc%20def", "abc def"),
        ("/i/АВСЕКМ", "АВСЕКМ"),  # Cyrillic: the endpoint reads it
        ("/i/" + "A" * 16, "A" * 16),
    ],
)
def test_signs_around_the_code_in_a_link_do_not_matter(client, path, code):
    assert f'data-invite-code="{code}"' in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/i/",
        "/i/ABC",
        "/i/" + "A" * 41,
        "/i/ABCDEF/GHJKMN",
        "/i/ABCDEF.GHJKMN",
        "/i/%22%3E%3Cscript%3Ealert(1)%3C",
        "/i/" + "." * 41 + "ABCDEF",
        "/i/......",
        "/i/ABCDEF%00A",
    ],
)
def test_a_link_without_a_readable_code_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_page_follows_accept_language(client):
    content = client.get("/i/ABCDEF", headers={"Accept-Language": "ru"}).content.decode()
    assert '<html lang="ru"' in content
    assert "Вас пригласили" in content


def test_the_qr_code_of_an_invite_link(client):
    answer = client.get("/i/ABCDEF/qr.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")
    assert client.get("/i/ABCDEG/qr.svg").content != answer.content
    assert client.get("/i/abc/qr.svg").status_code == 404


@pytest.mark.parametrize("path", ["/", "/i/ABCDEF", "/i/ABCDEF/qr.svg"])
def test_pages_accept_get_and_head_only(client, path):
    assert client.post(path).status_code == 405
