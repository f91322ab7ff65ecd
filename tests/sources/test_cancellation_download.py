"""The list of cancellations that Account Health offers."""

from pathlib import Path

import pytest

from tests.sources.folder import CANCELLATIONS, ID, ID_2, ID_3, LENIENT, filled, ledger, read, real, rejects, rows


def file(*told: str, name: str = "cancelled.csv") -> dict[str, str]:
    return {name: "\n".join([",".join(CANCELLATIONS), *told]) + "\n"}


def test_the_whole_list(tmp_path: Path):
    account = read(tmp_path, file(f'"Mar 1, 2026",{ID},Yes', f"3/4/2026,{ID_2},No", f"2026-03-02,{ID_3},Y"))
    listed = {"account": "shop", "metric": "cancellation_rate"}
    assert filled(account, "amazon_defects") == [
        {**listed, "order_id": ID, "ordered_on": "2026-03-01", "impacts_account_health": True},
        {**listed, "order_id": ID_2, "ordered_on": "2026-03-04", "impacts_account_health": False},
        {**listed, "order_id": ID_3, "ordered_on": "2026-03-02", "impacts_account_health": True},
    ]
    assert rows(account, "coverage") == [("shop", "cancellation_rate", "2026-03-01", "2026-03-04", None)]
    assert ledger(account)["cancelled.csv"] == (3, 3, 0, 0, 0)
    assert "amazon_defects.cancellation_rate" in account.provided


def test_two_lists_cover_their_own_days(tmp_path: Path):
    lists = {**file(f"2026-03-01,{ID},Yes"), **file(f"2026-03-20,{ID_2},Yes", f"2026-03-21,{ID_3},Yes", name="b.csv")}
    assert rows(read(tmp_path, lists), "coverage") == [
        ("shop", "cancellation_rate", "2026-03-01", "2026-03-01", None),
        ("shop", "cancellation_rate", "2026-03-20", "2026-03-21", None),
    ]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (f"2026-03-01,{ID},perhaps", "Impacts Account Health", "is not yes or no"),
        (f"2026-03-01,{ID},", "Impacts Account Health", "is empty"),
        (f"13/13/2026,{ID},Yes", "Order Date", "is not a date as this report writes it on this marketplace"),
        ("2026-03-01,X-1,Yes", "Order ID", "is not an order id such as 123-1234567-1234567"),
        (f"2026-03-01,{ID}", "", "has the wrong number of cells"),
        (f"2026-03-01,{ID},Yes,", "", "has the wrong number of cells"),
    ],
)
def test_a_row_that_cannot_be_read(tmp_path: Path, row: str, column: str, reason: str):
    account = read(tmp_path, file(row, f"2026-03-01,{ID_2},Yes"), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "amazon_defects", "order_id") == [(ID_2,)]


def test_the_real_header(tmp_path: Path):
    header = real("cancellation_rate_download_header.csv").decode().strip("\r\n")
    assert header.split(",") == CANCELLATIONS
    account = read(tmp_path, {"cancelled.csv": header + "\n"})
    assert account.ledger.filter(file="shop/cancelled.csv")["layout"].item() == (
        "the cancellation download of Account Health"
    )
