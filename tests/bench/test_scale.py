"""A small form of `tests.bench.scale`, with room for a busy machine: what grows out of bounds is seen here first."""

from pathlib import Path

import pytest

from tests.bench import parsing, scale
from tests.bench.million import run

ORDERS = 200_000
"""Forty megabytes."""
MOST_MEGABYTES = 400
"""It takes 210; the ten columns held as text and as lists would take several hundred more."""
MOST_TIMES, MOST_SECONDS = 4.0, 1.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scale.write(tmp_path_factory.mktemp("scale") / "seller", ORDERS)


def test_memory_stays_small(folder: Path):
    assert scale.peak(folder) < MOST_MEGABYTES


def test_an_unchanged_folder_opens_at_once(folder: Path):
    run("opening", folder)
    assert min(run("opening", folder).printed["seconds"] for _ in range(2)) < MOST_SECONDS


def test_forty_unchanged_files_open_at_once(tmp_path: Path):
    forty = scale.write(tmp_path / "forty", 50, scale.SMALL_FILES)
    assert run("opening", forty).printed["rows"] > 40 * 50
    assert min(run("opening", forty).printed["seconds"] for _ in range(2)) < MOST_SECONDS


def test_parsing_keeps_up_with_duckdb(folder: Path):
    file = folder / "orders-0.tsv"
    found = parsing.rounds(file, 3)
    assert min(found["sellerhealth"]) < MOST_TIMES * min(found["DuckDB"])


def test_both_read_every_row(folder: Path, tmp_path: Path):
    file = folder / "orders-0.tsv"
    with file.open("rb") as lines:
        below = sum(1 for _ in lines) - 1
    assert [way(file, tmp_path) for way in parsing.WAYS.values()] == [below, below]
