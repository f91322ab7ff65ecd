"""The on-time delivery download of Account Health."""

from pathlib import Path

import pytest

from tests.sources.folder import DELIVERIES, ID, ID_2, LENIENT, filled, ledger, read, rejects, rows, text


def delivery(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for spaces."""
    told = {
        "Order ID": order_id,
        "SKU": "MUG-1",
        "Promised Delivery Date Without Extension": "2026-03-09",
        "Actual Delivery Date": "2026-03-10",
    }
    return {**told, **{name.replace("_", " "): cell for name, cell in more.items()}}


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"delivered.csv": text(DELIVERIES, *told, delimiter=",")}


def test_the_whole_file(tmp_path: Path):
    told = (
        delivery(Quantity="3", Carrier_Name="UPS", Delivered_Late="X"),
        delivery(ID_2, Actual_Delivery_Date="3/9/2026"),
        delivery(ID_2, SKU="MUG-2", Actual_Delivery_Date=""),
    )
    account = read(tmp_path, file(*told))
    shared = {"account": "shop", "delivery_promised_on": "2026-03-09", "is_on_time": True}
    assert filled(account, "deliveries") == [
        {
            **shared,
            "order_id": ID,
            "sku": "MUG-1",
            "units": 3,
            "delivery_arrived_on": "2026-03-10",
            "delivery_carrier": "UPS",
            "is_on_time": False,
        },
        {**shared, "order_id": ID_2, "sku": "MUG-1", "delivery_arrived_on": "2026-03-09"},
        {**shared, "order_id": ID_2, "sku": "MUG-2"},
    ]
    assert ledger(account)["delivered.csv"] == (3, 3, 0, 0, 0)
    assert not account.strangers
    assert account.last_day.isoformat() == "2026-03-10"


def test_without_amazons_word_nothing_is_said_of_being_in_time(tmp_path: Path):
    header = [name for name in DELIVERIES if name not in ("Quantity", "Carrier Name", "Delivered Late")]
    account = read(tmp_path, {"delivered.csv": text(header, delivery(), delimiter=",")})
    assert rows(account, "deliveries", "units", "delivery_carrier", "is_on_time") == [(None, None, None)]
    assert "deliveries.is_on_time" not in account.provided


def test_a_later_download_that_tells_the_arrival_is_used(tmp_path: Path):
    files = {
        "a.csv": file(delivery(Actual_Delivery_Date=""))["delivered.csv"],
        "b.csv": file(delivery())["delivered.csv"],
    }
    account = read(tmp_path, files)
    assert rows(account, "deliveries", "delivery_arrived_on") == [("2026-03-10",)]
    assert (ledger(account)["a.csv"], ledger(account)["b.csv"]) == ((1, 0, 0, 1, 0), (1, 1, 0, 0, 0))


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"SKU": ""}, "SKU", "is empty"),
        (
            {"Promised_Delivery_Date_Without_Extension": ""},
            "Promised Delivery Date Without Extension",
            "is empty",
        ),
        (
            {"Actual_Delivery_Date": "lost"},
            "Actual Delivery Date",
            "is not a date as this report writes it on this marketplace",
        ),
        ({"Quantity": "two"}, "Quantity", "is not a whole number"),
        ({"Delivered_Late": "?"}, "Delivered Late", "is not an X, yes, no or blank"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file(delivery(**cells), delivery(ID_2)), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "deliveries", "order_id") == [(ID_2,)]
