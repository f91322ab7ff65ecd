"""The stock CSV: what lies on the shelves."""

from pathlib import Path

import pytest

from tests.sources.folder import LENIENT, STOCK, ledger, read, rejects, rows, text


def file(*cells: tuple[str, str, str]) -> dict[str, str]:
    told = (dict(zip(STOCK, row, strict=True)) for row in cells)
    return {"stock.csv": text(STOCK, *told, delimiter=",")}


def test_the_whole_file(tmp_path: Path):
    account = read(tmp_path, file(("MUG-1", "12", "2026-03-08"), ("MUG-2", "0", "3/9/2026"), ("MUG-3", "7", "")))
    assert rows(account, "stock") == [
        ("shop", "MUG-1", "2026-03-08", 12),
        ("shop", "MUG-2", "2026-03-09", 0),
        ("shop", "MUG-3", None, 7),
    ]
    assert ledger(account)["stock.csv"] == (3, 3, 0, 0, 0)
    assert {"stock", "stock.units_on_hand", "stock.counted_on"} <= account.provided
    assert account.last_day.isoformat() == "2026-03-09"


def test_the_day_may_be_left_out(tmp_path: Path):
    account = read(tmp_path, {"stock.csv": "SKU;On Hand\nMUG-1;5\n"})
    assert rows(account, "stock", "sku", "counted_on", "units_on_hand") == [("MUG-1", None, 5)]
    assert "stock.counted_on" not in account.provided


def test_a_count_of_another_day_is_another_count(tmp_path: Path):
    told = (
        ("MUG-1", "5", "2026-03-08"),
        ("MUG-1", "5", "2026-03-08"),
        ("MUG-1", "4", "2026-03-09"),
        ("MUG-1", "3", ""),
    )
    account = read(tmp_path, file(*told))
    assert ledger(account)["stock.csv"] == (4, 3, 1, 0, 0)
    assert rows(account, "stock", "counted_on", "units_on_hand") == [("2026-03-08", 5), ("2026-03-09", 4), (None, 3)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (("", "1", ""), "sku", "is empty"),
        (("MUG-1", "", ""), "units_on_hand", "is empty"),
        (("MUG-1", "-1", ""), "units_on_hand", "is not a whole number"),
        (("MUG-1", "1.5", ""), "units_on_hand", "is not a whole number"),
        (("MUG-1", "some", ""), "units_on_hand", "is not a whole number"),
        (("MUG-1", "1", "today"), "counted_on", "is not a date as this report writes it on this marketplace"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: tuple[str, str, str], column: str, reason: str):
    account = read(tmp_path, file(cells, ("MUG-2", "1", "")), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "stock", "sku") == [("MUG-2",)]
