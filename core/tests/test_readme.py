"""README.ru.md says what README.md says: of what can be compared, everything is the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH, RUSSIAN = ((ROOT / name).read_text() for name in ("README.md", "README.ru.md"))

FENCED = r"^```.*?^```$"
INDENTED = r"^    .*$"
LEVEL_OF_HEADING = r"^(#+) "
ROW = r"^\| `(.*?)`.*\|"
ADDRESS = r"\]\(((?!#|README).*?)\)|<(http.*?)>"


@pytest.mark.parametrize("part", [FENCED, INDENTED, LEVEL_OF_HEADING, ROW, ADDRESS])
def test_both_languages_say_the_same(part):
    english, russian = (
        re.findall(part, text, re.MULTILINE | re.DOTALL * (part == FENCED)) for text in (ENGLISH, RUSSIAN)
    )
    assert english
    assert russian == english


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN])
def test_every_link_leads_somewhere(text):
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall("^#+ (.*)$", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\((?!http)(.*?)\)", text):
        path, _, anchor = link.partition("#")
        assert (ROOT / path).exists()
        assert path or anchor in headings
