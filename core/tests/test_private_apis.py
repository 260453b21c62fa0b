"""docs/private-apis.md names files and tests that are there, and every file that it should."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("core", "referral", "schema", "web", "scripts", "bench")
PUBLIC = {"_meta", "_replace"}  # documented, whatever their names say
OURS = {"_open"}  # core/postgresql/base.py

TABLE = [line for line in (ROOT / "docs/private-apis.md").read_text().splitlines() if line.startswith("| ")]
ROWS = {what: (file.strip("`"), tests) for what, file, _, tests in (row.split(" | ") for row in TABLE[2:])}


@pytest.mark.parametrize("what", ROWS)
def test_every_row_names_a_file_and_tests_that_are_there(what):
    file, tests = ROWS[what]
    assert (ROOT / file).is_file()
    named = [test.split("::") for test in re.findall("`(.*?)`", tests)]
    assert named
    for path, function in named:
        assert re.search(rf"^def {function}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_no_attribute_with_an_underscore_is_missing():
    code = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "tests" not in path.parts)
    taken = {(str(path.relative_to(ROOT)), name) for path in code for name in private(path)}
    assert taken
    for file, name in taken:
        assert any(name in what and file in row for what, row in ROWS.items()), f"{file}: {name}"


def private(path):
    """The attributes with an underscore that are taken of anything but `self` and `cls`."""
    attributes = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute))
    return {each.attr for each in attributes if re.match("_[a-z]", each.attr) and not is_ours(each)}


def is_ours(attribute):
    of = attribute.value
    return attribute.attr in PUBLIC | OURS or (isinstance(of, ast.Name) and of.id in {"self", "cls"})
