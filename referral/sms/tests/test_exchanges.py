"""How a text of apprise's plugins failed is read from their HTTP requests, whatever they log."""

import ssl
from contextlib import suppress
from pathlib import Path

import apprise
import pytest
import requests

from referral.sms.outcome import Outcome
from referral.sms.provider import ProviderGateway
from referral.sms.sending import send
from referral.sms.tests.test_providers import DOCUMENTED, NUMBER, TEXT, exolve_url, generic_url
from referral.tests.provider_server import provider

REFUSED, UNKNOWN = Outcome.REFUSED, Outcome.UNKNOWN


@pytest.fixture(autouse=True)
def patience(settings):
    settings.SMS_TIMEOUT = 1


def answer(status):
    def answer(*args, **options):
        response = requests.Response()
        response.status_code = status
        response._content = b"{}"
        return response

    return answer


def no_answer(*args, **options):
    raise requests.ReadTimeout


FAILURES = {"error": (answer(500), REFUSED), "proxy": (answer(504), UNKNOWN), "none": (no_answer, UNKNOWN)}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_outcome_is_known_for_every_documented_provider(settings, monkeypatch, name, failure):
    settings.SMS_URL = DOCUMENTED[name]
    answers, outcome = FAILURES[failure]
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", answers)
    assert send(NUMBER, TEXT) is outcome


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_provider_uses_sms_timeout(settings, monkeypatch, name):
    settings.SMS_URL, settings.SMS_TIMEOUT = DOCUMENTED[name], 1.5
    asked = []
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", lambda *_, **options: asked.append(options))
    send(NUMBER, TEXT)
    assert [options["timeout"] for options in asked] == [(1.5, 1.5)]


@pytest.mark.parametrize(
    ("modes", "outcome"),
    [
        (["ok", "401"], REFUSED),
        (["away", "401"], REFUSED),
        (["reset", "401"], UNKNOWN),
        (["401", "504"], UNKNOWN),
        (["ok", "away"], REFUSED),
        ([], UNKNOWN),
    ],
)
def test_every_request_of_a_plugin_counts_and_without_any_the_outcome_is_unknown(
    settings, monkeypatch, modes, outcome
):
    def send_all(*args, **options):
        for mode in modes:
            plays.mode = mode
            with suppress(requests.RequestException):
                requests.post("http://127.0.0.1:1" if mode == "away" else url, json={}, timeout=1)
        return False

    monkeypatch.setattr(type(apprise.Apprise.instantiate("json://host")), "send", send_all)
    settings.SMS_URL = "json://host/?:to={phone}"
    with provider() as plays:
        url = f"http://127.0.0.1:{plays.port}"
        assert send(NUMBER, TEXT) is outcome


def test_outcomes_of_one_text_do_not_leak_into_the_next(settings):
    with provider() as plays:
        gateway = ProviderGateway(generic_url(plays))
        plays.mode = "reset"
        assert gateway.send(NUMBER, TEXT).outcome is UNKNOWN
        plays.mode = "401"
        assert gateway.send(NUMBER, TEXT).outcome is REFUSED


@pytest.mark.parametrize("make_url", [exolve_url, generic_url])
def test_an_untrusted_certificate_means_refused(settings, make_url):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(Path(__file__).with_name("untrusted.pem"))
    with provider(tls) as plays:
        settings.SMS_URL = make_url(plays).replace("json://", "jsons://").replace("http://", "https://")
        assert send(NUMBER, TEXT) is REFUSED
        assert plays.asked == []
