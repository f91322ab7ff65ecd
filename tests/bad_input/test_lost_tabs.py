"""A row that has lost one of its tabs: its cells stand one column off, and a buyer's may stand where one is read."""

from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from tests.bad_input import sound
from tests.bad_input.sound import TABLES, settings
from tests.bad_input.test_fuzz import CANARY, left, told
from tests.sources.folder import put

PEOPLE = ("buyer", "recipient", "customer", "rater", "mail", "phone", "address", "city", "comment", "kommentar", "text")


def plant(column: str) -> str:
    """The canary in a person's column; elsewhere, as in the name of a product, a word."""
    return CANARY if any(part in column.casefold() for part in PEOPLE) else "x"


def without_one(row: list[str], place: int, number: int) -> list[str]:
    """The row with the cells at `place` and behind it run together, as an order of its own."""
    own = [cell.replace("-0000001", f"-{number:07d}") for cell in row]
    return [*own[:place], own[place] + own[place + 1], *own[place + 2 :]]


@pytest.mark.parametrize("name", TABLES)
def test_no_buyer_moves_into_a_column_that_is_read(tmp_path: Path, name: str):
    header, row, *_ = sound.grid(name, plant)
    rows = [without_one(row, place, place + 2) for place in range(len(header) - 1)]
    put(tmp_path, {name: sound.written(name, [header, *rows])}, settings(name, 1))
    shown = told(open_account(tmp_path, "shop"))
    assert CANARY not in "\n".join([*shown, left(tmp_path, name)])
