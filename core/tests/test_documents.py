"""The documents refer to things that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if "node_modules" not in path.relative_to(ROOT).parts
)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!\w+:)([^)#]*)#?([^)]*)\)|src=\"([^\"]+)\"")
VARIABLE = re.compile(r"""\b(?:env\.\w+|env_\w+|_number|_hourly|environ\.get)\(["']([A-Z_]+)["']""")


def anchors(text):
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_has_a_target(page):
    for path, anchor, picture in LINK.findall(FENCED.sub("", page.read_text())):
        target = page.parent / (path or picture) if path or picture else page
        assert target.exists()
        assert not anchor or anchor in anchors(target.read_text())


def test_the_pages_are_found():
    assert {"README.md", "README.ru.md", "docs/api.md"} <= {str(page.relative_to(ROOT)) for page in PAGES}


def test_every_page_for_readers_is_linked_from_the_readme():
    linked = {path for path, _, _ in LINK.findall((ROOT / "README.md").read_text())}
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


def test_settings_md_documents_exactly_the_variables_that_are_read():
    code = [ROOT / "manage.py", *ROOT.glob("core/*.py")]
    read = {name for path in code for name in VARIABLE.findall(path.read_text())}
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"[A-Z_]+", row)} == read


def test_the_address_of_the_repository_is_the_same_everywhere():
    cloned = re.findall(r"git clone (\S+)", "".join(page.read_text() for page in PAGES))
    assert len(cloned) >= 4
    assert len(set(cloned)) == 1
