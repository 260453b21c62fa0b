import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from referral.sms.checks import segments_of_texts
from referral.sms.gateway import gateways
from referral.sms.memory import MemoryGateway
from referral.sms.outcome import TAKEN
from referral.sms.segments import segments
from referral.sms.text import sign_in_text


def test_the_console_prints_the_text_after_one_to_two_seconds(settings, monkeypatch, capsys):
    waited: list[float] = []
    monkeypatch.setattr("referral.sms.console.time.sleep", waited.append)
    settings.SMS_URL = "console://"
    (console_gateway,) = gateways().values()
    for _ in range(100):
        assert console_gateway.send("+79110000001", "1234") is TAKEN
    assert capsys.readouterr().out == "SMS to +79110000001: 1234\n" * 100
    assert 1 <= min(waited) < 1.2
    assert 1.8 < max(waited) <= 2


def test_the_consoles_delay_can_be_set(settings, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr("referral.sms.console.time.sleep", waited.append)
    settings.SMS_URL = "console://?delay=0-0"
    (console_gateway,) = gateways().values()
    console_gateway.send("+79110000001", "1234")
    assert waited == [0]


@pytest.mark.parametrize("url", ["console", "exolve-typo://SECRET@sender", "console://?delay=soon"])
def test_an_invalid_url_is_an_error_that_does_not_quote_it(settings, url):
    settings.SMS_URL = url
    with pytest.raises(ImproperlyConfigured, match="SMS_URL") as error:
        gateways()
    assert "SECRET" not in str(error.value)


def test_one_url_is_one_gateway(settings):
    settings.SMS_URL = "memory://  memory://"
    assert list(gateways()) == ["memory (1)", "memory (2)"]
    assert all(isinstance(gateway, MemoryGateway) for gateway in gateways().values())
    assert gateways() is gateways()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_text_fits_one_segment_and_binds_the_code_to_the_page(settings, language):
    settings.PUBLIC_URL = "https://invite.example.com:8443/path"
    with translation.override(language):
        text = sign_in_text("12345678")
    sentence, last = text.split("\n")
    assert "12345678" in sentence
    assert last == "@invite.example.com #12345678"
    assert sentence.isascii() == (language == "en")
    assert segments(text) == 1


def test_an_international_host_is_bound_as_the_browser_knows_it(settings):
    settings.PUBLIC_URL = "https://Пример.рф:8443"
    text = sign_in_text("4711")
    assert text.splitlines()[-1] == "@xn--e1afmkfd.xn--p1ai #4711"
    assert segments(text) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("~" * 80, 1),
        ("~" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments_are_counted_as_they_are_billed(text, count):
    assert segments(text) == count


def test_an_operators_template_overrides_ours(settings, tmp_path):
    (tmp_path / "sms").mkdir()
    (tmp_path / "sms" / "sign_in.txt").write_text("Acme: {{ code }} for {{ host }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    assert sign_in_text("1234") == "Acme: 1234 for example.com"


def test_an_operators_template_can_use_our_sentence_without_escaping_it(settings, tmp_path):
    (tmp_path / "sms").mkdir()
    (tmp_path / "sms" / "sign_in.txt").write_text("Acme. {{ sentence }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    assert sign_in_text("1234") == "Acme. Your sign-in code: 1234. Don't share it with anyone."


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("en", "Acme", "Acme: your sign-in code is 123456. Don't share it with anyone."),
        ("ru", "Acme", "Acme: код 123456. Никому не говорите."),
        ("ru", "Тандем", "Тандем: код 123456. Никому не говорите."),
        ("ru", "<Acme> & {Co} %(code)s", "<Acme> & {Co} %(code)s: код 123456. Никому не говорите."),
        ("en", "Тандем", "Your sign-in code: 123456. Don't share it with anyone."),
        ("ru", "N" * 30, "Код входа: 123456. Никому не говорите."),
    ],
)
def test_the_text_begins_with_the_name_where_that_costs_nothing(settings, language, name, text):
    settings.BRAND_NAME = name
    settings.PUBLIC_URL = "https://ex.am"
    with translation.override(language):
        sent = sign_in_text("123456")
    assert sent == f"{text}\n@ex.am #123456"
    assert segments(sent) == 1


def test_the_name_stays_in_a_text_of_two_messages_that_it_does_not_lengthen(settings):
    settings.BRAND_NAME = "Acme"
    settings.PUBLIC_URL = f"https://{'a' * 60}.{'b' * 60}.example"
    assert segments(sign_in_text("123456")) == 2
    assert sign_in_text("123456").startswith("Acme: ")


@pytest.mark.parametrize(
    ("gateway", "name", "warned"),
    [
        ("exolve://key@sender", "Тандем", ["en"]),
        ("exolve://key@sender", "N" * 30, ["ru"]),
        ("exolve://key@sender", "Acme", []),
        ("exolve://key@sender", "", []),
        ("memory://", "Тандем", []),
    ],
)
def test_a_name_without_room_is_a_warning(settings, gateway, name, warned):
    settings.SMS_URL, settings.BRAND_NAME = gateway, name
    assert [(found.id, found.msg.split(" in ")[1][:2]) for found in segments_of_texts()] == [
        ("referral.W003", language) for language in warned
    ]


def test_an_operators_template_has_the_name_without_escaping_it(settings, tmp_path):
    (tmp_path / "sms").mkdir()
    (tmp_path / "sms" / "sign_in.txt").write_text("{{ brand }}: {{ code }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    settings.BRAND_NAME = "B&B"
    assert sign_in_text("1234") == "B&B: 1234"
