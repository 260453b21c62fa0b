"""The page's JavaScript modules, which `collectstatic` renames by their content, imports included."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

from django.core.management import call_command

MODULES = Path(__file__).parents[1] / "static" / "web"
IMPORTED = re.compile(r'(?:from|import)\s*\(?"\./(\w+)\.js"')


def test_no_module_imports_itself_through_others():
    """Two names that depend on each other's content have none."""
    imports = {path.stem: IMPORTED.findall(path.read_text()) for path in MODULES.glob("*.js")}
    assert imports["main"]
    tuple(TopologicalSorter(imports).static_order())  # raises CycleError


def test_static_files_are_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {"staticfiles": {"BACKEND": "core.static_files.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    (main,) = tmp_path.glob("web/main.*.js")
    assert re.search(r'from "\./api\.\w{12}\.js"', main.read_text())
