import pytest
from django.test import RequestFactory

from core.middleware.client import client_of


def request(address="192.0.2.9", **headers):
    return RequestFactory(REMOTE_ADDR=address).post("/graphql", headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.9"),
        (0, "198.51.100.1", "192.0.2.9"),
        (1, None, "192.0.2.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.66, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.66, 198.51.100.1", "203.0.113.66"),
        (9, "203.0.113.66, 198.51.100.1", "203.0.113.66"),
        (1, "unknown", None),
        (1, "198.51.100.1,", None),
        (1, "\x00", None),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "fe80::1%" + "z" * 200, "fe80::1"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_the_address_comes_from_the_trusted_proxies(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    assert client_of(request(**headers)).address == address


def test_a_unix_socket_has_no_address():
    assert client_of(request(address="")).address is None


@pytest.mark.parametrize(
    ("header", "stored"),
    [
        ("Mozilla/5.0 (X11; Linux) ~", "Mozilla/5.0 (X11; Linux) ~"),
        ("A\x00B\x1b\x7f" + "x" * 1000, "AB" + "x" * 254),
        ("\N{GRINNING FACE}é\u2028\xa0" * 300 + "A", "A"),
        ("", ""),
    ],
)
def test_the_user_agent_is_truncated_and_printable_ascii(header, stored):
    assert client_of(request(**{"User-Agent": header})).user_agent == stored


def test_the_user_agent_is_optional():
    assert client_of(request()).user_agent == ""


@pytest.mark.parametrize(
    ("address", "subscriber", "network"),
    [
        ("192.0.2.9", "192.0.2.9", "192.0.2.0/24"),
        ("::ffff:192.0.2.9", "192.0.2.9", "192.0.2.0/24"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64", "2001:db8::/48"),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64", "2001:db8::/48"),
        ("2001:db8:1:0:ffff:ffff:ffff:ffff", "2001:db8:1::/64", "2001:db8:1::/48"),
        ("127.0.0.1", None, None),
        ("::1", None, None),
        ("", None, None),
    ],
)
def test_budgets_are_kept_under_a_subscriber_and_a_network(address, subscriber, network):
    client = client_of(request(address))
    assert (client.subscriber, client.network) == (subscriber, network)
