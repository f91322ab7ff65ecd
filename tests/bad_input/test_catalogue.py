"""The catalogue of bad input, row by row: every word the user is told, and the rows that are there afterwards."""

from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from tests.bad_input.case import Case, said
from tests.bad_input.catalogue import CASES, ROWS, names
from tests.sources.folder import ALL_ORDERS, LENIENT, NAME, order, put, text


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_user_is_told(tmp_path: Path, case: Case):
    assert said(tmp_path, case) == case.says


def test_no_case_stands_twice():
    assert len(set(map(names, CASES))) == len(CASES)


def test_every_row_of_the_list_has_a_case():
    assert {case.row for case in CASES} == set(ROWS)


def test_a_formula_in_a_heading_is_none_in_the_list_of_rejects(tmp_path: Path):
    """A spreadsheet that opens the list would follow it: the only cell of it that a file can choose."""
    source = '[[source]]\nfiles = "mine.csv"\ntable = "orders"\ndatetime = "%Y-%m-%d %H:%M"\n'
    columns = "[source.columns]\norder_id = 'id'\npurchased_at = '=HYPERLINK(1)'\n"
    content = "id,=HYPERLINK(1)\nA-1,never\n"
    folder = put(tmp_path, {"mine.csv": content}, f"{LENIENT}{source}{columns}")
    open_account(tmp_path, NAME)
    told = (folder / "rejects" / "mine.csv.csv").read_text(encoding="utf-8-sig").splitlines()
    reason = "is not a time in the format set for this file, that exists in its zone"
    assert told == ["row,column,reason", f'2,\'=HYPERLINK(1),"{reason}"']


def test_lists_of_rejects_whose_names_meet(tmp_path: Path):
    bad = text(ALL_ORDERS, order(order_status="Teleported"))
    put(tmp_path, {"a.tsv": bad, "a.tsv.csv/b": bad}, LENIENT)
    assert open_account(tmp_path, NAME).rejects["file"].to_list() == ["shop/a.tsv", "shop/a.tsv.csv/b"]
