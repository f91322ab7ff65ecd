"""All Orders: one row per order item."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ALL_ORDERS,
    ID,
    ID_2,
    ID_3,
    LENIENT,
    NEWER_ALL_ORDERS,
    OLDER_ALL_ORDERS,
    US,
    alone,
    filled,
    ledger,
    order,
    read,
    real,
    refusal,
    rejects,
    rows,
    text,
)

ITEM = ("account", "order_id", "sku", "item_status", "quantity", "item_ship_by_at")
STATUSES = [
    ("Pending", "PENDING"),
    ("PendingAvailability", "PENDING"),
    ("Pending - Waiting for Pick Up", "UNSHIPPED"),
    ("Unshipped", "UNSHIPPED"),
    ("InvoiceUnconfirmed", "UNSHIPPED"),
    ("Shipping", "UNSHIPPED"),
    ("PartiallyShipped", "PARTIALLY_SHIPPED"),
    ("Shipped", "SHIPPED"),
    ("Complete", "SHIPPED"),
    ("Shipped - Picked Up", "SHIPPED"),
    ("Shipped - Out for Delivery", "SHIPPED"),
    ("Shipped - Lost in Transit", "SHIPPED"),
    ("Shipped - Damaged", "SHIPPED"),
    ("Shipped - Undeliverable", "SHIPPED"),
    ("Shipped - Delivered to Buyer", "DELIVERED"),
    ("Shipped - Returned to Seller", "RETURNED"),
    ("Shipped - Returning to Seller", "RETURNED"),
    ("Shipped - Rejected by Buyer", "RETURNED"),
    ("Unfulfillable", "UNFULFILLABLE"),
    ("Cancelled", "CANCELLED"),
    ("Canceled", "CANCELLED"),
    ("CANCELLED", "CANCELLED"),
    ("PARTIALLY_SHIPPED", "PARTIALLY_SHIPPED"),
    ("PENDING_AVAILABILITY", "PENDING"),
    ("INVOICE_UNCONFIRMED", "UNSHIPPED"),
    ("UNFULFILLABLE", "UNFULFILLABLE"),
]
KAGGLE = (
    "index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,ASIN,"
    "Courier Status,Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,B2B,"
    "fulfilled-by,Unnamed: 22\n"
    f"0,{ID},04-30-22,Shipped,Merchant,Amazon.in,Standard,MUG,MUG-1,Mug,S,B000000001,Shipped,1,INR,"
    "647.62,PUNE,MAHARASHTRA,411001.0,IN,,False,Easy Ship,\n"
)
"""The header of a public table that somebody made of All Orders, and a row as it is written there."""


def test_the_whole_report(tmp_path: Path):
    report = text(
        ALL_ORDERS,
        order(ship_service_level="Standard", product_name='Mug, 12" tall', item_price="9.90", ship_city="Lima"),
        order(sku="MUG-2", item_status="Cancelled", quantity="3", ship_service_level="Standard"),
        order(ID_2, fulfillment_channel="Amazon", order_status="Cancelled", item_status="Cancelled", quantity="0"),
        order("S01-1234567-1234567", sales_channel="Non-Amazon", fulfillment_channel="Amazon"),
    )
    account = read(tmp_path, {"orders.tsv": report})
    bought, updated = "2026-03-01 18:30:00", "2026-03-03 20:00:00"
    common = {"account": "shop", "purchased_at": bought, "updated_at": updated}
    assert filled(account, "orders") == [
        {
            **common,
            "order_id": ID,
            "marketplace": "US",
            "status": "SHIPPED",
            "channel": "MFN",
            "ship_service": "Standard",
        },
        {**common, "order_id": ID_2, "marketplace": "US", "status": "CANCELLED", "channel": "AFN"},
        {
            **common,
            "order_id": "S01-1234567-1234567",
            "marketplace": "OTHER",
            "status": "SHIPPED",
            "channel": "AFN",
        },
    ]
    assert rows(account, "order_items", *ITEM) == [
        ("shop", ID, "MUG-1", "SHIPPED", 1, None),
        ("shop", ID, "MUG-2", "CANCELLED", 3, None),
        ("shop", ID_2, "MUG-1", "CANCELLED", 0, None),
        ("shop", "S01-1234567-1234567", "MUG-1", "SHIPPED", 1, None),
    ]
    assert ledger(account) == {"orders.tsv": (4, 4, 0, 0, 0)}


@pytest.mark.parametrize(("theirs", "ours"), STATUSES)
def test_a_status_in_amazons_words(tmp_path: Path, theirs: str, ours: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(order_status=theirs, item_status=theirs))})
    assert rows(account, "orders", "status") == [(ours,)]
    assert rows(account, "order_items", "item_status") == [(ours,)]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("Amazon", "AFN"), ("AFN", "AFN"), ("FBA", "AFN"), ("Merchant", "MFN"), ("MFN", "MFN"), ("Seller", "MFN")],
)
def test_a_channel_in_amazons_words(tmp_path: Path, theirs: str, ours: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(fulfillment_channel=theirs))})
    assert rows(account, "orders", "channel") == [(ours,)]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Amazon.com", "US"),
        ("amazon.co.uk", "GB"),
        ("Amazon.co.jp", "JP"),
        ("Amazon.com.br", "BR"),
        ("Non-Amazon", "OTHER"),
        ("Non-Amazon US", "OTHER"),
        ("SI CA Prod Marketplace", "OTHER"),
        ("", None),
    ],
)
def test_a_sales_channel_is_a_marketplace(tmp_path: Path, theirs: str, ours: str | None):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(sales_channel=theirs))})
    assert rows(account, "orders", "marketplace") == [(ours,)]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01T18:30:00+00:00", "2026-03-01 18:30:00"),
        ("2026-03-01T18:30:00Z", "2026-03-01 18:30:00"),
        ("2026-03-01T18:30:00+ 00 :00", "2026-03-01 18:30:00"),
        ("2026-03-01T18:30:00.123+00:00", "2026-03-01 18:30:00"),
        ("2026-03-01T18:30:00-08:00", "2026-03-02 02:30:00"),
        ("2026-03-01T18:30:00+0900", "2026-03-01 09:30:00"),
        ("2026-03-01T18:30:00+05:30", "2026-03-01 13:00:00"),
        ("2026-03-01T18:30:00-03:30", "2026-03-01 22:00:00"),
    ],
)
def test_a_time_with_its_offset_in_utc(tmp_path: Path, written: str, moment: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(purchase_date=written))})
    assert rows(account, "orders", "purchased_at") == [(moment,)]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01T18:30:00",
        "2026-03-01 18:30:00",
        "2026-03-01",
        "2026-02-30T18:30:00+00:00",
        "2026-03-01T24:30:00+00:00",
        "2026-03-01T18:30:00+99:99",
        "03/01/2026",
        "46082.77",
        "yesterday",
    ],
)
def test_a_time_without_zone_or_sense_is_rejected(tmp_path: Path, written: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(ID_2, purchase_date=written), order())}, LENIENT)
    reason = "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"
    assert rejects(account) == [(2, "purchase-date", reason)]
    assert rows(account, "orders", "order_id") == [(ID,)]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"purchase_date": "1994-12-31T23:59:59+00:00"}, "is smaller or earlier than possible"),
        ({"purchase_date": ""}, "is empty"),
        ({"order_status": "Verzonden"}, "is not one of the words known for this column"),
        ({"order_status": ""}, "is empty"),
        ({"item_status": "Verzonden"}, "is not one of the words known for this column"),
        ({"fulfillment_channel": "Pigeon"}, "is not one of the words known for this column: mfn, afn"),
        ({"sales_channel": "Amazon.xyz"}, "is not a sales channel such as Amazon.com, or a country code"),
        ({"sku": ""}, "is empty"),
        ({"sku": "X" * 201}, "is longer than 200 bytes"),
        ({"sku": "\u200b"}, "is empty"),
        ({"quantity": "-1"}, "is not a whole number"),
        ({"quantity": "1,5"}, "is not a whole number"),
        ({"quantity": "1e3"}, "is not a whole number"),
        ({"quantity": "1.000"}, "is not a whole number"),
        ({"quantity": "99999999999999999999"}, "is not a whole number"),
        ({"quantity": "NaN"}, "is not a whole number"),
        ({"amazon_order_id": ""}, "is empty"),
        ({"amazon_order_id": "1.71E+16"}, "was shortened by Excel and has lost digits"),
        ({"amazon_order_id": "1,71E+16"}, "was shortened by Excel and has lost digits"),
        ({"amazon_order_id": "111-1111111-111111"}, "is not an order id such as 123-1234567-1234567"),
        ({"amazon_order_id": "１１１-1111111-1111111"}, "is not an order id such as 123-1234567-1234567"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row(tmp_path: Path, cell: dict[str, str], reason: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(ID_2, **cell), order())}, LENIENT)
    assert rejects(account) == [(2, next(iter(cell)).replace("_", "-"), reason)]
    assert ledger(account) == {"orders.tsv": (2, 1, 0, 0, 1)}
    assert rows(account, "orders", "order_id") == [(ID,)]


def test_the_leftmost_of_two_bad_cells_is_named(tmp_path: Path):
    bad = order(ID_2, order_status="Verzonden", quantity="many")
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, bad, order())}, LENIENT)
    assert rejects(account) == [(2, "order-status", "is not one of the words known for this column")]


def test_columns_in_another_order_case_and_spacing(tmp_path: Path):
    header = [" QUANTITY ", "Sku", "Fulfillment-Channel", "order-status\u00a0", "Purchase-Date", "ｓｋｕ-x"]
    header.append("amazon-order-id")
    cells = ["2", "MUG-9", "Merchant", "Shipped", "2026-03-01T18:30:00Z", "", ID_3]
    account = read(tmp_path, {"orders.tsv": "\t".join(header) + "\n" + "\t".join(cells) + "\n"})
    assert filled(account, "orders") == [
        {
            "account": "shop",
            "order_id": ID_3,
            "purchased_at": "2026-03-01 18:30:00",
            "status": "SHIPPED",
            "channel": "MFN",
        }
    ]
    assert rows(account, "order_items", *ITEM) == [("shop", ID_3, "MUG-9", None, 2, None)]


def test_the_older_layout_has_fewer_columns(tmp_path: Path):
    told = order(ship_service_level="Standard")
    account = read(tmp_path, {"orders.tsv": text(OLDER_ALL_ORDERS, told)})
    assert rows(account, "orders", "order_id", "marketplace", "status", "channel", "ship_service") == [
        (ID, "US", "SHIPPED", "MFN", "Standard")
    ]
    assert rows(account, "order_items", *ITEM) == [("shop", ID, "MUG-1", "SHIPPED", 1, None)]


def test_the_newer_layout_numbers_the_lines_of_an_order(tmp_path: Path):
    """Two lines of one product, a mug with each of two names on it, are two units and no duplicate."""
    told = (
        order(order_item_id="10000000000001", cpf="1", address_type="Residential"),
        order(order_item_id="10000000000002", number_of_items="1"),
    )
    account = read(tmp_path, {"orders.tsv": text(NEWER_ALL_ORDERS, *told)})
    assert rows(account, "orders", "order_id", "status") == [(ID, "SHIPPED")]
    assert rows(account, "order_items", *ITEM) == [("shop", ID, "MUG-1", "SHIPPED", 2, None)]
    assert ledger(account) == {"orders.tsv": (2, 2, 0, 0, 0)}


def test_a_line_without_its_number_is_not_counted_twice(tmp_path: Path):
    files = {
        "orders.tsv": text(ALL_ORDERS, order(), order(ID_2)),
        "newer.tsv": text(NEWER_ALL_ORDERS, order(order_item_id="10000000000001")),
    }
    account = read(tmp_path, files)
    assert rows(account, "order_items", "order_id", "quantity") == [(ID, 1), (ID_2, 1)]
    assert ledger(account) == {"newer.tsv": (1, 1, 0, 0, 0), "orders.tsv": (2, 2, 0, 0, 0)}


def test_trailing_cells_may_be_missing(tmp_path: Path):
    header, row = text(ALL_ORDERS, order()).splitlines()
    short = "\t".join(row.split("\t")[:27])
    account = read(tmp_path, {"orders.tsv": f"{header}\n{short}\n"})
    assert rows(account, "order_items", *ITEM) == [("shop", ID, "MUG-1", "SHIPPED", 1, None)]


def test_a_table_somebody_made_of_it_is_refused(tmp_path: Path):
    error = refusal(tmp_path, {"sales.csv": KAGGLE}, 'marketplace = "IN"\n')
    assert error.where == "shop/sales.csv"
    assert "[[source]]" in error.what_to_do


def test_a_table_somebody_made_of_it_can_be_mapped(tmp_path: Path):
    toml = """
        marketplace = "IN"
        [[source]]
        files = "sales.csv"
        table = "orders"
        datetime = "%m-%d-%y"
        [source.columns]
        order_id = "Order ID"
        purchased_at = "Date"
        status = "Status"
        channel = "Fulfilment"
        marketplace = "Sales Channel"
        [source.values.channel]
        Merchant = "MFN"
        Amazon = "AFN"
    """
    account = read(tmp_path, {"sales.csv": KAGGLE, "orders.tsv": text(ALL_ORDERS)}, toml)
    assert rows(account, "orders", "order_id", "purchased_at", "status", "channel", "marketplace") == [
        (ID, "2022-04-29 18:30:00", "SHIPPED", "MFN", "IN")
    ]


def test_what_a_file_provides_follows_its_columns(tmp_path: Path):
    few = ["amazon-order-id", "purchase-date", "order-status", "fulfillment-channel", "sku"]
    report = text(few, {name: cell for name, cell in order().items() if name in few})
    assert read(tmp_path, {"orders.tsv": report}).provided == {
        "orders",
        "orders.order_id",
        "orders.purchased_at",
        "orders.status",
        "orders.channel",
        "order_items",
        "order_items.order_id",
        "order_items.sku",
    }


def test_the_last_day_is_a_day_of_the_marketplace(tmp_path: Path):
    late = text(ALL_ORDERS, order(purchase_date="2026-03-02T07:59:59+00:00"))
    assert read(tmp_path, {"orders.tsv": late}, US).last_day.isoformat() == "2026-03-01"
    assert read(tmp_path, {"orders.tsv": late}, 'marketplace = "GB"\n').last_day.isoformat() == "2026-03-02"


def test_the_real_header(tmp_path: Path):
    real_header = real("all_orders_2017_it_32col.tsv").split(b"\n", maxsplit=1)[0].decode()
    assert real_header.split("\t") == ALL_ORDERS


def test_the_real_report_is_read(tmp_path: Path):
    with_an_id = real("all_orders_2017_it_32col.tsv").replace(b"scrubbed", ID.encode(), 1)
    account = read(tmp_path, {"orders.tsv": with_an_id}, 'marketplace = "IT"\n')
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0)}
    assert rows(account, "orders", "status") == [("SHIPPED",)]
    assert rows(account, "order_items", "item_status") == [("CANCELLED",)]


def test_a_cancellation_told_later_without_the_line_keeps_the_units_that_were_ordered(tmp_path: Path):
    """Amazon writes no units for what is cancelled; how many there were the earlier report says."""
    waiting = {**order(order_status="Unshipped", item_status="Unshipped", quantity="2"), "order-item-id": "1"}
    over = {"order_status": "Cancelled", "item_status": "Cancelled", "quantity": "0"}
    after = order(last_updated_date="2026-03-09T00:00:00+00:00", **over)
    account = alone(tmp_path, {"a.tsv": text(NEWER_ALL_ORDERS, waiting), "b.tsv": text(ALL_ORDERS, after)})
    assert rows(account, "orders", "status") == [("CANCELLED",)]
    assert rows(account, "order_items", "item_status", "quantity") == [("CANCELLED", 2)]
