"""A small run of the bench: DuckDB's own SQL, from the same raw files, gives the same figures."""

from pathlib import Path

import pytest

from tests.bench import by_duckdb, by_sellerhealth, files, redraw

ORDERS = 20_000
FIGURES = 10
"""Three metrics under two policies; late dispatch has two windows, order defects two channels."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "seller"
    files.write(made, ORDERS)
    return made


def test_duckdb_gives_the_same_figures(folder: Path):
    by_sql = by_duckdb.figures(folder)
    assert len(by_sql) == FIGURES
    assert by_sellerhealth.figures(folder) == by_sql
    # And once more from the store that the first time filled.
    assert by_sellerhealth.figures(folder) == by_sql


def test_the_figures_are_worth_comparing(folder: Path):
    for *_, numerator, unknown, denominator in by_duckdb.figures(folder):
        assert 0 <= unknown <= numerator < denominator
        assert numerator >= 3


def test_every_control_of_every_panel_is_moved(folder: Path):
    changes = redraw.redraws(folder)["changes"]
    assert all(spent > 0 for spent in changes.values())
    assert {name.partition(",")[0] for name in changes} == {"Day by day", "Split", "What if", "Compare"}
    assert len(changes) == 4 + 4 + 2 + 6 + 3
