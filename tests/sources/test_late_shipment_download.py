"""The list of late shipments that Account Health offers."""

from pathlib import Path

import pytest

from tests.sources.folder import ID, ID_2, LATE, filled, ledger, read, rejects, rows, text


def late(order_id: str = ID, **more: str) -> dict[str, str]:
    told = {
        "Order Date": "2026-03-01",
        "Order ID": order_id,
        "Expected Ship Date": "2026-03-03",
        "Ship Confirmation Date": "2026-03-05",
        "Impacts Account Health": "Yes",
    }
    return {**told, **{name.replace("_", " "): cell for name, cell in more.items()}}


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"late.csv": text(LATE, *told, delimiter=",")}


def test_the_whole_list(tmp_path: Path):
    told = (late(), late(ID_2, Order_Date="2026-03-04", Ship_Confirmation_Date="", Impacts_Account_Health="No"))
    account = read(tmp_path, file(*told))
    listed = {"account": "shop", "metric": "late_dispatch_rate", "listed_ship_by_at": "2026-03-03 08:00:00"}
    assert filled(account, "amazon_defects") == [
        {
            **listed,
            "order_id": ID,
            "ordered_on": "2026-03-01",
            "impacts_account_health": True,
            "listed_confirmed_at": "2026-03-05 08:00:00",
        },
        {**listed, "order_id": ID_2, "ordered_on": "2026-03-04", "impacts_account_health": False},
    ]
    assert rows(account, "coverage") == [("shop", "late_dispatch_rate", "2026-03-01", "2026-03-04", None)]
    assert ledger(account)["late.csv"] == (2, 2, 0, 0, 0)
    assert "amazon_defects.late_dispatch_rate" in account.provided
    assert "amazon_defects.cancellation_rate" not in account.provided


@pytest.mark.parametrize(
    ("code", "written", "moment"),
    [
        ("US", "3/5/2026", "2026-03-05 08:00:00"),
        ("US", "03/05/2026 14:30", "2026-03-05 22:30:00"),
        ("US", '"Mar 5, 2026"', "2026-03-05 08:00:00"),
        ("US", "5-Mar-2026", "2026-03-05 08:00:00"),
        ("GB", "3/5/2026", "2026-05-02 23:00:00"),
        ("GB", "03/05/2026 14:30:15", "2026-05-03 13:30:15"),
        ("DE", "3.5.2026", "2026-05-02 22:00:00"),
        ("JP", "2026/3/5", "2026-03-04 15:00:00"),
        ("SE", "2026-03-05", "2026-03-04 23:00:00"),
        ("US", "03/08/2026", "2026-03-08 08:00:00"),
        # Egypt puts its clocks forward at midnight: 24 April 2026 begins at one o'clock.
        ("EG", "24/4/2026", "2026-04-23 22:00:00"),
    ],
)
def test_a_day_begins_when_it_begins_on_the_marketplace(tmp_path: Path, code: str, written: str, moment: str):
    account = read(tmp_path, file({**late(), "Ship Confirmation Date": written}), f'marketplace = "{code}"\n')
    assert rows(account, "amazon_defects", "listed_confirmed_at") == [(moment,)]


@pytest.mark.parametrize(("code", "written"), [("US", "3/5/26"), ("GB", "32/3/2026"), ("US", "03/08/2026 02:30")])
def test_a_day_it_cannot_be_is_rejected(tmp_path: Path, code: str, written: str):
    toml = f'marketplace = "{code}"\nmax_reject = 1\n'
    account = read(tmp_path, file({**late(), "Ship Confirmation Date": written}), toml)
    assert [(row, column) for row, column, _ in rejects(account)] == [(2, "Ship Confirmation Date")]


@pytest.mark.parametrize("name", ["Ship Confirmation Date", "Ship-confirmation Date", "Confirmation Date"])
def test_the_names_of_the_confirmation(tmp_path: Path, name: str):
    renamed = {"late.csv": file(late())["late.csv"].replace("Ship Confirmation Date", name)}
    account = read(tmp_path, renamed)
    assert rows(account, "amazon_defects", "listed_confirmed_at") == [("2026-03-05 08:00:00",)]


def test_the_columns_a_vendor_lists(tmp_path: Path):
    header = ["order date", "order ID", "expected ship date", "actual ship date", *LATE[3:]]
    told = {"order date": "2026-03-01", "order ID": ID, "expected ship date": "2026-03-03"}
    told |= {"actual ship date": "2026-03-02", "Ship Confirmation Date": "2026-03-05", "Impacts Account Health": "Yes"}
    account = read(tmp_path, {"late.csv": text(header, told, delimiter=",")})
    assert rows(account, "amazon_defects", "ordered_on", "listed_confirmed_at") == [
        ("2026-03-01", "2026-03-05 08:00:00")
    ]


def test_a_list_without_rows_covers_no_day(tmp_path: Path):
    account = read(tmp_path, file())
    assert rows(account, "coverage") == []
    assert "amazon_defects.late_dispatch_rate" in account.provided
