import pytest

from referral.text.hosts import ascii_host


@pytest.mark.parametrize(
    ("host", "ascii_"),
    [
        ("", ""),
        ("example.com", "example.com"),
        ("my_host", "my_host"),
        ("::1", "::1"),
        ("*", "*"),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("ПРИМЕР.рф", "xn--e1afmkfd.xn--p1ai"),
        (".пример.рф", ".xn--e1afmkfd.xn--p1ai"),
        ("api.пример.рф.", "api.xn--e1afmkfd.xn--p1ai."),
        ("пример。рф", "xn--e1afmkfd.xn--p1ai"),
        ("faß.de", "xn--fa-hia.de"),
        ("e\N{COMBINING ACUTE ACCENT}.fr", "xn--9ca.fr"),
    ],
)
def test_a_host_name_in_ascii(host, ascii_):
    assert ascii_host(host) == ascii_


@pytest.mark.parametrize("host", ["\u2488com", "я" * 64, "\N{GRINNING FACE}\u200b\ud800"])
def test_what_cannot_be_a_host_name_is_a_value_error(host):
    with pytest.raises(ValueError, match=r"."):
        ascii_host(host)
