from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[2] / "locale" / "ru" / "LC_MESSAGES"


def test_every_text_is_translated_and_compiled():
    with (FOLDER / "django.po").open("rb") as source, (FOLDER / "django.mo").open("rb") as compiled:
        texts = {message.id: message.string for message in read_po(source) if message.id}
        served = {message.id: message.string for message in read_mo(compiled) if message.id}
    assert all(texts.values())
    assert served == texts, "make messages"
