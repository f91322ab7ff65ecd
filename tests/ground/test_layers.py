"""The house as it is drawn: imports point one way, heavy libraries live in one place, nothing is long."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.ground import imports

LAYERS = (
    {"definition", "kernel"},
    {"facts", "metrics", "sources", "demo"},
    {"measure", "session"},
    {"show"},
    {"learn"},
    {"report"},
    {"cli", ""},
)
"""Lowest first; a part imports itself and what lies below. The package's own names, "", lie on top."""

HOME = {
    "altair": ("show",),
    "ipywidgets": ("show.controls",),
    "papermill": ("report",),
    "nbclient": ("report",),
    "nbconvert": ("report",),
    "nbformat": ("report",),
    "great_tables": ("show.table",),
    "rich": ("cli", "report"),
    "cyclopts": ("cli",),
    "dataframely": ("definition", "sources"),
    "sp_api": ("sources.spapi.client",),
    "httpx": ("sources.spapi.client", "sources.spapi.documents"),
    "obstore": ("sources.remote",),
    "msgspec": ("report",),
    "distributed": ("report.run.executor",),
    "keyring": ("sources.spapi.credentials",),
}
LONGEST_MODULE, LONGEST_BODY = 300, 40
MODULES = imports.modules()


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str):
    here = _part(module)
    wrong = sorted(name for name in imports.own(MODULES[module]) if not _may_import(here, _part(name)))
    assert not wrong, f"{module} lies in {here or 'the package itself'} and imports {wrong}"


def test_every_part_has_a_layer():
    known = set().union(*LAYERS)
    assert {_part(module) for module in MODULES} <= known


def test_there_is_no_cycle():
    graph = {module: imports.own(path) - {module} for module, path in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)


@pytest.mark.parametrize("library", HOME)
def test_a_library_lives_in_its_place(library: str):
    users = [module for module, path in MODULES.items() if library in imports.foreign(path)]
    homes = tuple(f"sellerhealth.{home}" for home in HOME[library])
    strange = [user for user in users if not any(user == home or user.startswith(f"{home}.") for home in homes)]
    assert not strange, f"{library} belongs to {HOME[library]}, and is imported by {strange}"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("sellerhealth.metrics.")])
def test_a_metric_needs_definitions_and_polars_only(module: str):
    """Besides the points and flaws that several metrics share, and its own lesson."""
    path = MODULES[module]
    shared = {"sellerhealth.metrics", "sellerhealth.metrics.choices", "sellerhealth.metrics.flaws"}
    shared.add(f"sellerhealth.metrics.lessons.{module.rpartition('.')[2]}")
    assert {_part(name) for name in imports.own(path) - shared} <= {"definition"}
    assert imports.foreign(path) <= {"polars", "datetime", "fractions"}


def test_modules_are_short():
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert not {module: count for module, count in lines.items() if count > LONGEST_MODULE}


def test_functions_are_short():
    found = [(module, *function) for module, path in MODULES.items() for function in imports.functions(path)]
    assert not [function for function in found if function[-1] > LONGEST_BODY]


def test_a_cycle_an_inner_import_and_a_long_body_would_be_seen(tmp_path: Path):
    path = tmp_path / "strange.py"
    inner = (
        "def outer():\n    '''Words.\n\n    More.\n    '''\n    from sellerhealth.cli import main\n    return main\n"
    )
    path.write_text(f"import altair\n{inner}", encoding="utf-8")
    assert imports.own(path) == {"sellerhealth.cli"}
    assert imports.foreign(path) == {"altair"}
    assert list(imports.functions(path)) == [("outer", 2)]


def _part(module: str) -> str:
    return (*module.split("."), "")[1]


def _may_import(here: str, there: str) -> bool:
    level = {part: height for height, parts in enumerate(LAYERS) for part in parts}
    return here == there or level[there] < level[here]
