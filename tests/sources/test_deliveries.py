"""The on-time delivery download of Account Health."""

from pathlib import Path

import pytest

from tests.sources.folder import DELIVERIES, ID, ID_2, LENIENT, filled, ledger, read, refusal, rejects, rows, text


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


def test_the_columns_a_vendor_lists(tmp_path: Path):
    """Two promises, two flags: those without extension count. When shipment was confirmed is not read."""
    told = {
        "Order ID": ID,
        "SKU": "MUG-1",
        "Promised Delivery Date Without Promise Extension": "2026-03-09",
        "Promised Delivery Date With Promise Extension": "2026-03-12",
        "Actual Delivery Date": "2026-03-10",
        "Actual Delivery Time Zone": "PST",
        "Carrier": "UPS",
        "Ship Method": "Ground",
        "First Scan Date": "2026-03-05",
        "Ship Confirmation Date": "2026-03-04",
        "Tracking ID": "P-1",
        "Delivered Late Without Promise Extension": "X",
        "Delivered Late With Promise Extension": "",
        "Origin Country": "US",
    }
    account = read(tmp_path, {"delivered.csv": text(list(told), told, delimiter=",")})
    assert filled(account, "deliveries") == [
        {
            "account": "shop",
            "order_id": ID,
            "sku": "MUG-1",
            "delivery_promised_on": "2026-03-09",
            "delivery_arrived_on": "2026-03-10",
            "delivery_carrier": "UPS",
            "is_on_time": False,
        }
    ]
    assert "packages" not in account.provided
    assert "orders.confirmed_at" not in account.provided


@pytest.mark.parametrize(
    ("code", "written", "day"),
    [
        ("US", "3/10/26 06:59:59 GMT (3/9/26 23:59:59 PDT)", "2026-03-09"),
        ("US", "3/10/26 07:00:00 GMT (3/10/26 00:00:00 PDT)", "2026-03-10"),
        ("US", "03/09/2026 23:59:59 PDT", "2026-03-09"),
        ("GB", "9/3/26 23:59:59 GMT", "2026-03-09"),
        ("GB", "9/7/26 23:30:00 GMT", "2026-07-10"),
        ("US", "2026-03-10T06:59:59Z", "2026-03-09"),
    ],
)
def test_a_moment_falls_on_a_day_of_the_marketplace(tmp_path: Path, code: str, written: str, day: str):
    account = read(tmp_path, file(delivery(Actual_Delivery_Date=written)), f'marketplace = "{code}"\n')
    assert rows(account, "deliveries", "delivery_arrived_on") == [(day,)]


def test_the_list_of_prime_defects_is_no_list_of_deliveries(tmp_path: Path):
    """It holds only the orders that missed something: beside it no unit would ever have come in time."""
    header = [
        "Order ID",
        "Order date and time",
        "Promised ship date",
        "Promised delivery date without a promise extension",
        "Actual delivery date and time",
        "Tracking ID",
        "Unit count",
    ]
    error = refusal(tmp_path, {"prime.csv": ",".join(header) + "\n"})
    assert error.what_to_do == (
        "This is the Seller Fulfilled Prime order defects report: no metric reads it. "
        "Name it under ignore in account.toml."
    )


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
