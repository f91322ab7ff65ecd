"""The order report with ship-by dates: one row per item of an order shipped by the seller."""

from pathlib import Path

import pytest

from tests.sources.folder import ID, ID_2, LENIENT, ORDER_REPORT, filled, ledger, read, real, rejects, rows, text

ITEM = ("account", "order_id", "sku", "item_status", "quantity", "item_ship_by_at")


def promise(order_id: str = ID, **more: str) -> dict[str, str]:
    told = {
        "order-id": order_id,
        "purchase-date": "2026-03-01T10:30:00-08:00",
        "sku": "MUG-1",
        "quantity-purchased": "2",
        "ship-service-level": "Standard",
        "sales-channel": "Amazon.com",
        "earliest-ship-date": "2026-03-02T00:00:00-08:00",
        "latest-ship-date": "2026-03-03T23:59:59-08:00",
        "latest-delivery-date": "2026-03-10T23:59:59-07:00",
        "buyer-name": "Ann Example",
        "buyer-email": "ann@example.com",
        "ship-address-1": "1 Main Street",
    }
    return {**told, **{name.replace("_", "-"): cell for name, cell in more.items()}}


def test_the_whole_report(tmp_path: Path):
    report = text(ORDER_REPORT, promise(), promise(sku="MUG-2", quantity_purchased="1"), promise(ID_2))
    account = read(tmp_path, {"orders.tsv": report})
    order = {
        "account": "shop",
        "marketplace": "US",
        "purchased_at": "2026-03-01 18:30:00",
        "channel": "MFN",
        "ship_by_at": "2026-03-04 07:59:59",
        "deliver_by_at": "2026-03-11 06:59:59",
        "ship_service": "Standard",
    }
    assert filled(account, "orders") == [{**order, "order_id": ID}, {**order, "order_id": ID_2}]
    assert rows(account, "order_items", *ITEM) == [
        ("shop", ID, "MUG-1", None, 2, None),
        ("shop", ID, "MUG-2", None, 1, None),
        ("shop", ID_2, "MUG-1", None, 2, None),
    ]
    assert ledger(account) == {"orders.tsv": (3, 3, 0, 0, 0)}


@pytest.mark.parametrize("column", ["order-id", "purchase-date", "latest-ship-date", "sku"])
def test_a_row_needs_its_promise(tmp_path: Path, column: str):
    report = text(ORDER_REPORT, promise(), {**promise(ID_2), column: ""})
    account = read(tmp_path, {"orders.tsv": report}, LENIENT)
    assert rejects(account) == [(3, column, "is empty")]


def test_a_promise_without_zone_is_rejected(tmp_path: Path):
    report = text(ORDER_REPORT, promise(), promise(ID_2, latest_ship_date="2026-03-03 23:59:59"))
    account = read(tmp_path, {"orders.tsv": report}, LENIENT)
    reason = "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"
    assert rejects(account) == [(3, "latest-ship-date", reason)]


def test_the_columns_after_the_last_needed_one_may_be_missing(tmp_path: Path):
    last = ORDER_REPORT.index("latest-ship-date")
    header, row = text(ORDER_REPORT, promise()).splitlines()
    short = "\t".join(row.split("\t")[: last + 1])
    account = read(tmp_path, {"orders.tsv": f"{header}\n{short}\n"})
    assert rows(account, "orders", "ship_by_at", "deliver_by_at") == [("2026-03-04 07:59:59", None)]


def test_no_column_of_the_buyer_is_read(tmp_path: Path):
    account = read(tmp_path, {"orders.tsv": text(ORDER_REPORT, promise())})
    cells = [str(cell) for table in account.tables for row in rows(account, table) for cell in row]
    assert not [cell for cell in cells if "Ann" in cell or "@" in cell or "Street" in cell]


def test_the_real_header(tmp_path: Path):
    real_header = real("order_report_header_with_ship_by.tsv").decode().strip("\r\n")
    assert real_header.split("\t") == ORDER_REPORT
    account = read(tmp_path, {"promise.tsv": real_header + "\n"})
    assert ledger(account)["promise.tsv"] == (0, 0, 0, 0, 0)
    assert account.ledger.filter(file="shop/promise.tsv")["layout"].item() == "the order report with ship-by dates"
