"""The Amazon fulfilled shipments report: one row per item of a shipment."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ALL_ORDERS,
    FULFILLED,
    ID,
    ID_2,
    LENIENT,
    alone,
    filled,
    ledger,
    order,
    real,
    rejects,
    rows,
    text,
)


def shipped(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for dashes."""
    told = {
        "amazon-order-id": order_id,
        "shipment-id": "S1",
        "shipment-item-id": "Dx1",
        "amazon-order-item-id": "10000000000001",
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "payments-date": "2026-03-02T01:00:00+00:00",
        "shipment-date": "2026-03-02T09:00:00-08:00",
        "reporting-date": "2026-03-02T12:00:00-08:00",
        "buyer-email": "ann@example.com",
        "buyer-name": "Ann Example",
        "sku": "MUG-1",
        "quantity-shipped": "1",
        "ship-service-level": "Expedited",
        "bill-address-1": "1 Main Street",
        "carrier": "UPS",
        "tracking-number": "1Z-ANN",
        "estimated-arrival-date": "2026-03-05T23:59:59-08:00",
        "fulfillment-channel": "AFN",
        "sales-channel": "Amazon.com",
        "fulfillment-center-id": "PHX3",
    }
    return {**told, **{name.replace("_", "-"): cell for name, cell in more.items()}}


def test_the_whole_report(tmp_path: Path):
    told = (
        shipped(quantity_shipped="2"),
        shipped(
            shipment_item_id="Dx2",
            shipment_id="S2",
            shipment_date="2026-03-03T17:00:00+00:00",
            carrier="",
            fulfillment_center_id="ONT8",
        ),
        shipped(shipment_item_id="Dx3", sku="MUG-2"),
        shipped(ID_2, shipment_item_id="Dx4", sales_channel="Amazon.ca", fulfillment_center_id=""),
    )
    account = alone(tmp_path, {"fulfilled.txt": text(FULFILLED, *told)})
    bought = {"account": "shop", "purchased_at": "2026-03-01 18:30:00", "channel": "AFN", "ship_service": "Expedited"}
    assert filled(account, "orders") == [
        {**bought, "order_id": ID, "marketplace": "US"},
        {**bought, "order_id": ID_2, "marketplace": "CA"},
    ]
    assert filled(account, "order_items") == [
        {"account": "shop", "order_id": ID, "sku": "MUG-1", "quantity": 3},
        {"account": "shop", "order_id": ID, "sku": "MUG-2", "quantity": 1},
        {"account": "shop", "order_id": ID_2, "sku": "MUG-1", "quantity": 1},
    ]
    columns = ("order_id", "package_id", "package_posted_at", "package_carrier", "package_warehouse")
    assert rows(account, "packages", *columns) == [
        (ID, "Dx1", "2026-03-02 17:00:00", "UPS", "PHX3"),
        (ID, "Dx2", "2026-03-03 17:00:00", None, "ONT8"),
        (ID, "Dx3", "2026-03-02 17:00:00", "UPS", "PHX3"),
        (ID_2, "Dx4", "2026-03-02 17:00:00", "UPS", None),
    ]
    assert ledger(account) == {"fulfilled.txt": (4, 4, 0, 0, 0)}
    assert {"orders", "packages.package_posted_at"} <= account.provided
    not_told = {"orders.status", "orders.deliver_by_at", "orders.confirmed_at", "packages.package_confirmed_at"}
    assert not not_told & account.provided


def test_a_row_in_two_overlapping_reports_is_one(tmp_path: Path):
    files = {"a.txt": text(FULFILLED, shipped()), "b.txt": text(FULFILLED, shipped())}
    account = alone(tmp_path, files)
    assert rows(account, "order_items", "order_id", "quantity") == [(ID, 1)]
    assert sorted(ledger(account).values()) == [(1, 0, 1, 0, 0), (1, 1, 0, 0, 0)]


def test_all_orders_tells_how_many_were_bought(tmp_path: Path):
    bought = order(fulfillment_channel="Amazon", quantity="5", order_status="PartiallyShipped")
    files = {"all.tsv": text(ALL_ORDERS, bought), "fulfilled.txt": text(FULFILLED, shipped())}
    account = alone(tmp_path, files)
    assert rows(account, "orders", "status", "channel") == [("PARTIALLY_SHIPPED", "AFN")]
    assert rows(account, "order_items", "quantity") == [(5,)]


def test_a_shipment_of_multi_channel_fulfilment_is_no_sale_on_amazon(tmp_path: Path):
    told = shipped("S01-1234567-1234567", sales_channel="Non-Amazon")
    account = alone(tmp_path, {"fulfilled.txt": text(FULFILLED, told)})
    assert rows(account, "orders", "order_id", "marketplace") == [("S01-1234567-1234567", "OTHER")]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"amazon_order_id": ""}, "amazon-order-id", "is empty"),
        ({"shipment_item_id": ""}, "shipment-item-id", "is empty"),
        ({"sku": ""}, "sku", "is empty"),
        ({"quantity_shipped": "x"}, "quantity-shipped", "is not a whole number"),
        (
            {"shipment_date": "yesterday"},
            "shipment-date",
            "is not a time with its zone, such as 2026-01-31T09:30:00+00:00",
        ),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = alone(tmp_path, {"fulfilled.txt": text(FULFILLED, shipped(**cells), shipped(ID_2))}, LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "packages", "order_id") == [(ID_2,)]


def test_no_column_of_the_buyer_is_read(tmp_path: Path):
    told = {**dict.fromkeys(FULFILLED, "Ann Example"), **shipped()}
    account = alone(tmp_path, {"fulfilled.txt": text(FULFILLED, told)})
    cells = [str(cell) for table in account.tables for row in rows(account, table) for cell in row]
    assert cells
    assert not [cell for cell in cells if "ann" in cell.lower() or "Street" in cell]


def test_the_real_header(tmp_path: Path):
    header = real("amazon_fulfilled_shipments_header_JP.tsv").decode().strip("\r\n")
    assert header.split("\t") == [*FULFILLED, "points-granted"]
    account = alone(tmp_path, {"fulfilled.txt": header + "\n"}, 'marketplace = "JP"\n')
    assert account.ledger["layout"].to_list() == ["the Amazon fulfilled shipments report"]
