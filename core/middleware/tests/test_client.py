import pytest
from django.test import RequestFactory

from core.middleware import client as middleware
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
        (1, "", "192.0.2.9"),
        (1, " \t", "192.0.2.9"),
        (1, ",", None),
        (1, "198.51.100.1:1234", "198.51.100.1"),
        (1, '"[2001:db8::1]:443"', "2001:db8::1"),
        (1, "203.0.113.66 ,\t198.51.100.1\t", "198.51.100.1"),
        (2, "203.0.113.66,,198.51.100.1", None),
        (2, "203.0.113.66,,198.51.100.1,198.51.100.2", "198.51.100.1"),
        (3, "203.0.113.66,,198.51.100.1,198.51.100.2", None),
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


UNREADABLE = ["unknown", "_hidden", "203.0.113.66,", "999.1.1.1", "203.0.113.66, ", "\xff", "for=192.0.2.1"]


@pytest.mark.parametrize("forwarded", UNREADABLE)
def test_all_unreadable_addresses_are_one_subscriber(settings, forwarded):
    settings.TRUSTED_PROXIES = 1
    client = client_of(request(**{"X-Forwarded-For": forwarded}))
    assert (client.address, client.subscriber, client.network) == (None, "unreadable", "unreadable")


@pytest.mark.parametrize("proxies", [1, 2, 3])
def test_a_client_cannot_choose_its_subscriber(settings, proxies):
    """Each trusted proxy adds an entry to what the client sent, as `a,,b` with a and b of its choice."""
    settings.TRUSTED_PROXIES = proxies
    sent = ["", "203.0.113.66", "203.0.113.66,", ",", ",,", "203.0.113.66,,203.0.113.67", " , ,", "unknown,"]
    chain = ["198.51.100.1", "10.0.0.1", "10.0.0.2"][:proxies]
    for forged in sent:
        forwarded = ", ".join([forged, *chain] if forged else chain)
        assert client_of(request(**{"X-Forwarded-For": forwarded})).subscriber == "198.51.100.1"


@pytest.mark.parametrize("forged", ["203.0.113.66", "203.0.113.67", "203.0.113.66, 203.0.113.67"])
def test_an_empty_entry_does_not_make_the_one_before_it_trusted(settings, forged):
    settings.TRUSTED_PROXIES = 2  # the outer one adds an empty entry
    client = client_of(request(**{"X-Forwarded-For": f"{forged}, , 10.0.0.2"}))
    assert (client.address, client.subscriber) == (None, "unreadable")


def test_an_unreadable_address_is_logged_once(settings, caplog):
    middleware._warned.clear()
    settings.TRUSTED_PROXIES = 1
    for forwarded in UNREADABLE:
        client_of(request(**{"X-Forwarded-For": forwarded}))
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "TRUSTED_PROXIES" in record.getMessage()


def test_a_missing_header_and_a_unix_socket_are_not_logged(settings, caplog):
    middleware._warned.clear()
    settings.TRUSTED_PROXIES = 1
    assert client_of(request()).subscriber == "192.0.2.9"
    assert client_of(request(address="")).subscriber is None
    assert caplog.records == []
