import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from referral.sms import console
from referral.sms.gateway import gateway
from referral.sms.memory import MemoryGateway
from referral.sms.outcome import Outcome
from referral.sms.text import sign_in_text


def test_the_console_prints_the_text_after_one_to_two_seconds(settings, monkeypatch, capsys):
    waited = []
    monkeypatch.setattr(console.time, "sleep", waited.append)
    settings.SMS_URL = "console://"
    for _ in range(100):
        assert gateway().send("+79110000001", "1234") is Outcome.TAKEN
    assert capsys.readouterr().out == "SMS to +79110000001: 1234\n" * 100
    assert 1 <= min(waited) < 1.2
    assert 1.8 < max(waited) <= 2


def test_the_consoles_delay_can_be_set(settings, monkeypatch):
    waited = []
    monkeypatch.setattr(console.time, "sleep", waited.append)
    settings.SMS_URL = "console://?delay=0-0"
    gateway().send("+79110000001", "1234")
    assert waited == [0]


@pytest.mark.parametrize("url", ["", "console", "exolve-typo://SECRET@sender", "console://?delay=soon"])
def test_a_url_that_names_no_gateway_is_an_error_that_keeps_secrets(settings, url):
    settings.SMS_URL = url
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as error:
        gateway()
    assert "SECRET" not in str(error.value)


def test_one_url_is_one_gateway(settings):
    settings.SMS_URL = "memory://"
    assert isinstance(gateway(), MemoryGateway)
    assert gateway() is gateway()


@pytest.mark.parametrize(("language", "segment"), [("en", 160), ("ru", 70)])
def test_the_longest_text_fits_one_segment(language, segment):
    with translation.override(language):
        text = sign_in_text("12345678")
    assert "12345678" in text
    assert len(text) <= segment
    assert text.isascii() == (language == "en")
