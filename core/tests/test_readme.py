"""README.md and README.ru.md are short and match in everything that can be compared."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH, RUSSIAN = ((ROOT / name).read_text() for name in ("README.md", "README.ru.md"))
MOST_WORDS = 900

FENCED = r"^```.*?^```$"
INDENTED = r"^    .*$"
LEVEL_OF_HEADING = r"^(#+) "
ITEM = r"^- "
ROW = r"^\|"
ADDRESS = r"\]\(((?!README).*?)\)|<(http.*?)>|src=\"(.*?)\""
NOT_READ = r"<[^>]*>|\]\(.*?\)"  # tags and the targets of links


@pytest.mark.parametrize("part", [FENCED, INDENTED, LEVEL_OF_HEADING, ITEM, ROW, ADDRESS])
def test_both_languages_have_the_same_parts(part):
    english, russian = (
        re.findall(part, text, re.MULTILINE | re.DOTALL * (part == FENCED)) for text in (ENGLISH, RUSSIAN)
    )
    assert english
    assert russian == english


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN])
def test_a_readme_has_at_most_900_words(text):
    prose = re.sub(NOT_READ, "", re.sub(FENCED, "", text, flags=re.MULTILINE | re.DOTALL))
    prose = re.sub(INDENTED, "", prose, flags=re.MULTILINE)
    words = [word for word in prose.split() if re.search(r"\w", word)]
    assert 100 < len(words) <= MOST_WORDS
