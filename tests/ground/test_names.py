"""Words that do not belong in the package, and calls that would make a figure depend on the day it is run."""

import ast
import re
from pathlib import Path

import pytest

from tests.ground.imports import PACKAGE, modules

MODULES = modules()
EVERY_FILE = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in {".py", ".toml", ".j2", ".css", ".js"}]
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
CLOCK_ALLOWED = {"sellerhealth.definition.account", "sellerhealth.sources.spapi.fetch"}
"""An account whose files speak of no day is looked at today, and what Amazon has is fetched until today; no figure
depends on it."""
ROW_BY_ROW = {"map_elements", "iter_rows", "map_rows", "to_pandas", "apply"}
BY_ROW_ALLOWED: set[str] = set()
"""Modules of facts, measure and sources that may walk over rows; none has to."""


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_words(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)
    assert not re.search(r"\butils?\b|\bhelpers?\b", path.stem.replace("_", " "))
    assert not re.search(r"\w_v[0-9]+\b", path.stem)
    if path.suffix == ".py":
        assert not re.search(r"\b(def|class|import)\s+(\w+_v[0-9]+|\w+[a-z]V[0-9]|(\w+_)?(utils?|helpers?))\b", text)


@pytest.mark.parametrize("module", MODULES)
def test_calls(module: str):
    calls = _calls(MODULES[module])
    assert "print" not in {name for owner, name in calls if not owner}, "what is shown goes through rich or a page"
    assert module in CLOCK_ALLOWED or not calls & CLOCKS, "the day looked at is a parameter"
    if re.match(r"sellerhealth\.(facts|measure|sources)\b", module) and module not in BY_ROW_ALLOWED:
        assert not {name for _, name in calls} & ROW_BY_ROW, "a million rows are worked on by columns"


def test_a_clock_would_be_seen(tmp_path: Path):
    path = tmp_path / "strange.py"
    path.write_text("import datetime\nday = datetime.date.today()\nnow = datetime.datetime.now(tz=None)\n", "utf-8")
    assert _calls(path) & CLOCKS == {("date", "today"), ("datetime", "now")}


def _calls(path: Path) -> set[tuple[str, str]]:
    """(owner, name) of each call: `pl.col` is ("pl", "col"), `print` is ("", "print")."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {_called(node.func) for node in nodes if isinstance(node, ast.Call)}


def _called(function: ast.expr) -> tuple[str, str]:
    if isinstance(function, ast.Name):
        return "", function.id
    if not isinstance(function, ast.Attribute):
        return "", ""
    owner = function.value
    return getattr(owner, "attr", getattr(owner, "id", "?")), function.attr
