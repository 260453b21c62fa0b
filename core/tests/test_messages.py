from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "locale" / "ru" / "LC_MESSAGES"


def texts_in_the_code():
    keywords = DEFAULT_KEYWORDS | {"gettext_lazy": None}
    for package in ("core", "referral", "schema", "web"):
        for _, _, text, *_ in extract_from_dir(ROOT / package, keywords=keywords):
            yield text


def test_every_message_is_translated_and_compiled():
    with (FOLDER / "django.po").open("rb") as source, (FOLDER / "django.mo").open("rb") as compiled:
        texts = {message.id: message.string for message in read_po(source) if message.id}
        served = {message.id: message.string for message in read_mo(compiled) if message.id}
    assert all(texts.values())
    assert served == texts, "make messages"
    assert set(texts_in_the_code()) == set(texts), "make messages"
