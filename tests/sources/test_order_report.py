"""The order report, with ship-by dates and without: one row per item of an order shipped by the seller."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ID,
    ID_2,
    ID_3,
    LENIENT,
    NEWER_ORDER_REPORT,
    OLDER_ORDER_REPORT,
    ORDER_REPORT,
    alone,
    filled,
    ledger,
    read,
    real,
    rejects,
    rows,
    text,
)

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


def goes_on(order_id: str = ID, **more: str) -> dict[str, str]:
    """A line that goes on with the order above: most of its cells are blank."""
    return {"order-id": order_id, **{name.replace("_", "-"): cell for name, cell in more.items()}}


def test_the_older_report_promises_nothing(tmp_path: Path):
    told = promise(ID, order_item_id="10000000000001")
    report = text(OLDER_ORDER_REPORT, {name: cell for name, cell in told.items() if name in OLDER_ORDER_REPORT})
    account = alone(tmp_path, {"orders.txt": report})
    assert account.ledger["layout"].to_list() == ["the order report without ship-by dates"]
    assert filled(account, "orders") == [
        {
            "account": "shop",
            "order_id": ID,
            "purchased_at": "2026-03-01 18:30:00",
            "channel": "MFN",
            "ship_service": "Standard",
        }
    ]
    assert rows(account, "order_items", "sku", "item_id", "quantity") == [("MUG-1", "10000000000001", 2)]
    assert ledger(account) == {"orders.txt": (1, 1, 0, 0, 0)}
    assert not {"orders.ship_by_at", "orders.deliver_by_at", "orders.status"} & account.provided


def test_an_order_in_the_older_and_the_newer_report_keeps_its_promise(tmp_path: Path):
    older = {name: cell for name, cell in promise().items() if name in OLDER_ORDER_REPORT}
    account = alone(tmp_path, {"a.txt": text(OLDER_ORDER_REPORT, older), "b.txt": text(ORDER_REPORT, promise())})
    assert rows(account, "orders", "order_id", "ship_by_at") == [(ID, "2026-03-04 07:59:59")]
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 2)]
    assert ledger(account) == {"a.txt": (1, 1, 0, 0, 0), "b.txt": (1, 1, 0, 0, 0)}


def test_a_request_to_cancel_is_no_cancellation(tmp_path: Path):
    told = promise(is_buyer_requested_cancellation="true", buyer_requested_cancel_reason="Changed my mind", is_iba="no")
    account = alone(tmp_path, {"orders.txt": text(NEWER_ORDER_REPORT, told)})
    assert rows(account, "orders", "ship_by_at", "status", "cancelled_by") == [("2026-03-04 07:59:59", None, None)]
    assert not {"orders.status", "orders.cancelled_by"} & account.provided


def test_lines_that_go_on_with_the_order_above(tmp_path: Path):
    """A second item says only what is its own; a second promotion of an item not even its product."""
    lines = (
        promise(order_item_id="1", quantity_purchased="2"),
        goes_on(order_item_id="1", item_promotion_id="P-2"),
        goes_on(order_item_id="2", sku="MUG-2", quantity_purchased="1"),
        goes_on(order_item_id="2", item_promotion_id="P-3"),
        goes_on(item_promotion_id="P-4"),
        promise(ID_2, order_item_id="3", latest_ship_date="2026-03-05T23:59:59-08:00"),
    )
    account = alone(tmp_path, {"orders.txt": text(ORDER_REPORT, *lines)})
    assert rows(account, "orders", "order_id", "purchased_at", "ship_by_at", "marketplace", "ship_service") == [
        (ID, "2026-03-01 18:30:00", "2026-03-04 07:59:59", "US", "Standard"),
        (ID_2, "2026-03-01 18:30:00", "2026-03-06 07:59:59", "US", "Standard"),
    ]
    assert rows(account, "order_items", "order_id", "sku", "quantity") == [
        (ID, "MUG-1", 2),
        (ID, "MUG-2", 1),
        (ID_2, "MUG-1", 2),
    ]
    assert ledger(account) == {"orders.txt": (6, 4, 0, 2, 0)}


def test_an_order_of_which_every_line_lacks_its_promise_is_rejected_whole(tmp_path: Path):
    """Nothing is taken from the line above where that is another order's, or itself cannot be read."""
    lines = (
        promise(ID_2),
        goes_on(ID, sku="MUG-1"),
        goes_on(ID, sku="MUG-2"),
        promise(ID_3, purchase_date="soon"),
        goes_on(ID_3, sku="MUG-2"),
        goes_on(ID_2, sku="MUG-2"),
    )
    account = alone(tmp_path, {"orders.txt": text(ORDER_REPORT, *lines)}, LENIENT)
    unreadable = "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"
    assert rejects(account) == [
        (3, "purchase-date", "is empty"),
        (4, "purchase-date", "is empty"),
        (5, "purchase-date", unreadable),
        (6, "purchase-date", unreadable),
        (7, "purchase-date", "is empty"),
    ]
    assert rows(account, "orders", "order_id") == [(ID_2,)]
    assert ledger(account) == {"orders.txt": (6, 1, 0, 0, 5)}


def test_a_line_of_another_item_without_a_product_is_rejected(tmp_path: Path):
    lines = (promise(order_item_id="1"), goes_on(order_item_id="2", quantity_purchased="1"))
    account = alone(tmp_path, {"orders.txt": text(ORDER_REPORT, *lines)}, LENIENT)
    assert rejects(account) == [(3, "sku", "is empty")]


def test_a_promise_without_zone_is_rejected(tmp_path: Path):
    report = text(ORDER_REPORT, promise(), promise(ID_2, latest_ship_date="2026-03-03 23:59:59"))
    account = read(tmp_path, {"orders.tsv": report}, LENIENT)
    reason = "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"
    assert rejects(account) == [(3, "latest-ship-date", reason)]


def test_a_row_without_its_last_cells_is_rejected(tmp_path: Path):
    """One that has lost a tab looks the same, and would have the recipient's name for its service."""
    last = ORDER_REPORT.index("latest-ship-date")
    header, row = text(ORDER_REPORT, promise()).splitlines()
    short = "\t".join(row.split("\t")[: last + 1])
    account = read(tmp_path, {"orders.tsv": f"{header}\n{short}\n"}, LENIENT)
    assert rows(account, "orders") == []
    assert rejects(account) == [(2, "", "has the wrong number of cells")]


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


@pytest.mark.parametrize("header", [ORDER_REPORT, OLDER_ORDER_REPORT])
@pytest.mark.parametrize("damage", ["a tab lost", "a tab more", "a zero byte"])
def test_nothing_is_taken_from_a_line_that_is_not_whole(tmp_path: Path, header: list[str], damage: str):
    """Nor from the whole line above it: which item the broken one was of nobody can tell."""
    told = {name: cell for name, cell in promise(order_item_id="1").items() if name in header}
    first, broken = text(header, told, told).splitlines()[1:]
    spoilt = {
        "a tab lost": broken.replace("\tStandard\t", "Standard\t"),
        "a tab more": broken.replace("\tStandard", "\t\tAnn Example"),
        "a zero byte": broken.replace("Standard", "Ann\0Example"),
    }[damage]
    _, following = text(header, goes_on(sku="MUG-2", order_item_id="2")).splitlines()
    content = "\n".join(["\t".join(header), first, spoilt, following]) + "\n"
    account = alone(tmp_path, {"a.tsv": content}, LENIENT)
    reason = "holds a zero byte, so it was damaged" if damage == "a zero byte" else "has the wrong number of cells"
    assert rejects(account) == [(3, "", reason), (4, "purchase-date", "is empty")]
    assert rows(account, "orders", "order_id", "ship_service") == [(ID, "Standard")]
    assert rows(account, "order_items", "sku") == [("MUG-1",)]
