"""The unshipped orders report: what was not confirmed on the day it was made."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ALL_ORDERS,
    ID,
    ID_2,
    LENIENT,
    LONG_UNSHIPPED,
    UNSHIPPED,
    alone,
    filled,
    ledger,
    order,
    real,
    refusal,
    rejects,
    rows,
    text,
)


def waiting(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for dashes."""
    told = {
        "order-id": order_id,
        "order-item-id": "10000000000001",
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "payments-date": "2026-03-01T18:30:00+00:00",
        "reporting-date": "2026-03-01T19:00:00+00:00",
        "promise-date": "2026-03-04T07:59:59+00:00",
        "days-past-promise": "-1",
        "buyer-name": "Ann Example",
        "sku": "MUG-1",
        "quantity-purchased": "2",
        "quantity-shipped": "0",
        "quantity-to-ship": "2",
        "ship-service-level": "Standard",
        "ship-address-1": "1 Main Street",
        "verge-of-lateShipment": "false",
    }
    return {**told, **{name.replace("_", "-"): cell for name, cell in more.items()}}


def test_the_whole_report(tmp_path: Path):
    other = waiting(sku="MUG-2", order_item_id="10000000000002", quantity_purchased="1")
    account = alone(tmp_path, {"unshipped.txt": text(UNSHIPPED, waiting(), other, waiting(ID_2))})
    bought = {"account": "shop", "purchased_at": "2026-03-01 18:30:00", "channel": "MFN"}
    promised = {**bought, "ship_service": "Standard"}
    assert filled(account, "orders") == [{**promised, "order_id": ID}, {**promised, "order_id": ID_2}]
    assert rows(account, "order_items", "order_id", "sku", "item_id", "quantity") == [
        (ID, "MUG-1", "10000000000001", 2),
        (ID, "MUG-2", "10000000000002", 1),
        (ID_2, "MUG-1", "10000000000001", 2),
    ]
    assert rows(account, "unshipped") == [("shop", ID, "2026-03-03", -1), ("shop", ID_2, "2026-03-03", -1)]
    assert ledger(account) == {"unshipped.txt": (3, 3, 0, 0, 0)}
    assert {"unshipped", "unshipped.every_order"} <= account.provided
    assert not {"orders", "orders.status", "orders.ship_by_at"} & account.provided


def test_a_promise_ends_on_a_day_of_the_marketplace(tmp_path: Path):
    report = {"unshipped.txt": text(UNSHIPPED, waiting(promise_date="2026-03-04T14:59:59+00:00"))}
    assert rows(alone(tmp_path / "1", report), "unshipped", "promise_on") == [("2026-03-04",)]
    in_japan = alone(tmp_path / "2", report, 'marketplace = "JP"\n')
    assert rows(in_japan, "unshipped", "promise_on") == [("2026-03-04",)]
    in_australia = alone(tmp_path / "3", report, 'marketplace = "AU"\n')
    assert rows(in_australia, "unshipped", "promise_on") == [("2026-03-05",)]
    elsewhere = alone(tmp_path / "4", report, 'marketplace = "AU"\ntimezone = "Europe/London"\n')
    assert rows(elsewhere, "unshipped", "promise_on") == [("2026-03-05",)]


def test_reports_of_several_days_are_a_history_and_one_order(tmp_path: Path):
    files = {
        "1.txt": text(UNSHIPPED, waiting(), waiting(ID_2)),
        "2.txt": text(UNSHIPPED, waiting(days_past_promise="0")),
        "3.txt": text(UNSHIPPED, waiting(days_past_promise="1")),
        "3 again.txt": text(UNSHIPPED, waiting(days_past_promise="1")),
    }
    account = alone(tmp_path, files)
    assert rows(account, "unshipped", "order_id", "days_past_promise") == [(ID, -1), (ID, 0), (ID, 1), (ID_2, -1)]
    assert rows(account, "orders", "order_id") == [(ID,), (ID_2,)]
    assert rows(account, "order_items", "order_id", "quantity") == [(ID, 2), (ID_2, 2)]
    assert ledger(account) == {
        "1.txt": (2, 2, 0, 0, 0),
        "2.txt": (1, 1, 0, 0, 0),
        "3 again.txt": (1, 1, 0, 0, 0),
        "3.txt": (1, 0, 1, 0, 0),
    }


def test_a_promise_that_amazon_moved(tmp_path: Path):
    files = {
        "1.txt": text(UNSHIPPED, waiting()),
        "2.txt": text(UNSHIPPED, waiting(promise_date="2026-03-06T07:59:59+00:00", days_past_promise="-2")),
    }
    account = alone(tmp_path, files)
    assert rows(account, "unshipped", "promise_on", "days_past_promise") == [("2026-03-03", -1), ("2026-03-05", -2)]
    assert rows(account, "orders", "ship_by_at") == [(None,)]


def test_all_orders_goes_first_and_a_promise_is_no_ship_by_date(tmp_path: Path):
    files = {"all.tsv": text(ALL_ORDERS, order(quantity="3")), "unshipped.txt": text(UNSHIPPED, waiting())}
    account = alone(tmp_path, files)
    assert rows(account, "orders", "status", "ship_by_at") == [("SHIPPED", None)]
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 3)]


def test_a_longer_layout_that_tells_the_marketplace(tmp_path: Path):
    told = waiting(sales_channel="Amazon.ca", is_buyer_requested_cancellation="true", cpf="1")
    account = alone(tmp_path, {"unshipped.txt": text(LONG_UNSHIPPED, told)}, 'marketplace = ["US", "CA"]\n')
    assert rows(account, "orders", "order_id", "marketplace", "status", "cancelled_by") == [(ID, "CA", None, None)]
    assert rows(account, "unshipped", "days_past_promise") == [(-1,)]
    assert "unshipped.every_order" not in account.provided


def test_of_several_marketplaces_it_must_tell_which(tmp_path: Path):
    error = refusal(tmp_path, {"unshipped.txt": text(UNSHIPPED, waiting())}, 'marketplace = ["US", "CA"]\n')
    assert error.expected == "a column that says where an order was sold (sales-channel)"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"order_id": ""}, "order-id", "is empty"),
        ({"order_id": "1.13E+16"}, "order-id", "was shortened by Excel and has lost digits"),
        ({"sku": ""}, "sku", "is empty"),
        ({"promise_date": ""}, "promise-date", "is empty"),
        (
            {"promise_date": "2026-03-04"},
            "promise-date",
            "is not a date as this report writes it on this marketplace",
        ),
        ({"days_past_promise": ""}, "days-past-promise", "is empty"),
        ({"days_past_promise": "soon"}, "days-past-promise", "is not a whole number, such as 3 or -2"),
        ({"days_past_promise": "(2)"}, "days-past-promise", "is not a whole number, such as 3 or -2"),
        ({"quantity_purchased": "-2"}, "quantity-purchased", "is not a whole number"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = alone(tmp_path, {"unshipped.txt": text(UNSHIPPED, waiting(**cells), waiting(ID_2))}, LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "unshipped", "order_id") == [(ID_2,)]
    assert rows(account, "orders", "order_id") == [(ID_2,)]


def test_no_column_of_the_buyer_is_read(tmp_path: Path):
    told = {**dict.fromkeys(LONG_UNSHIPPED, "Ann Example"), **waiting(sales_channel="Amazon.com")}
    account = alone(tmp_path, {"unshipped.txt": text(LONG_UNSHIPPED, told)})
    cells = [str(cell) for table in account.tables for row in rows(account, table) for cell in row]
    assert cells
    assert not [cell for cell in cells if "Ann" in cell or "Street" in cell]


def test_the_real_header_and_rows(tmp_path: Path):
    content = real("unshipped_orders_IN_2025_masked.tsv")
    assert content.decode().splitlines()[0].split("\t") == UNSHIPPED
    account = alone(tmp_path, {"unshipped.txt": content}, 'marketplace = "IN"\n')
    assert rows(account, "unshipped") == [
        ("shop", "404-8712750-6212352", "2025-08-22", -3),
        ("shop", "408-4870009-9733125", "2025-08-21", -2),
    ]
    assert rows(account, "orders", "order_id", "purchased_at", "ship_service") == [
        ("404-8712750-6212352", "2025-07-31 23:57:52", "Standard"),
        ("408-4870009-9733125", "2025-07-30 08:34:47", "Standard"),
    ]
    assert rows(account, "order_items", "sku", "quantity") == [("ARB_B084SDXVBD", 1), ("ARB_B0B79CYVTM", 1)]
    assert ledger(account) == {"unshipped.txt": (2, 2, 0, 0, 0)}


@pytest.mark.parametrize(("days", "is_read"), [("400", True), ("-400", True), ("401", False), ("-401", False)])
def test_a_report_is_made_within_four_hundred_days_of_a_promise(tmp_path: Path, days: str, *, is_read: bool):
    account = alone(tmp_path, {"unshipped.tsv": text(UNSHIPPED, waiting(days_past_promise=days))}, LENIENT)
    told = [(ID, int(days))] if is_read else []
    assert rows(account, "unshipped", "order_id", "days_past_promise") == told
    assert [column for _, column, _ in rejects(account)] == [] if is_read else ["days-past-promise"]
