"""README.ru.md matches README.md in everything that can be compared."""

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
def test_both_languages_have_the_same_parts(part):
    english, russian = (
        re.findall(part, text, re.MULTILINE | re.DOTALL * (part == FENCED)) for text in (ENGLISH, RUSSIAN)
    )
    assert english
    assert russian == english


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN])
def test_every_relative_link_has_a_target(text):
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall("^#+ (.*)$", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\((?!http)(.*?)\)", text):
        path, _, anchor = link.partition("#")
        assert (ROOT / path).exists()
        assert path or anchor in headings
