"""Sound files of every kind: nine rows each, and a canary in every cell and key that no reader needs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bad_input import sound_documents
from tests.sources.folder import (
    ALL_LISTINGS,
    ALL_ORDERS,
    CANCELLATIONS,
    CLAIMS,
    CONFIRMATIONS,
    DELIVERIES,
    FEEDBACK,
    LATE,
    MESSAGES,
    NO_VALID_TRACKING,
    NOTIFICATIONS,
    OPEN_LISTINGS,
    ORDER_REPORT,
    PARCELS,
    RETURNS,
    STOCK,
    SURVEYS,
    VALID_TRACKING,
)

Grid = list[list[str]]
Plant = Callable[[str], str]
"""What stands in a column or under a key that is not read, by its name."""

TIME, DAY = "2026-03-0{}T18:30:00+00:00", "2026-03-0{}"
CELLS = {
    "amazon-order-id": "111-1111111-000000{}",
    "order-id": "111-1111111-000000{}",
    "Order ID": "111-1111111-000000{}",
    "order_id": "111-1111111-000000{}",
    "purchase-date": TIME,
    "last-updated-date": TIME,
    "latest-ship-date": TIME,
    "latest-delivery-date": TIME,
    "promise-date": TIME,
    "shipment-date": TIME,
    "reporting-date": TIME,
    "days-past-promise": "{}",
    "order-status": "Shipped",
    "item-status": "Shipped",
    "fulfillment-channel": "Merchant",
    "sales-channel": "Amazon.com",
    "ship-service-level": "Standard",
    "sku": "MÜG-{}",
    "quantity": "1",
    "quantity-purchased": "1",
    "quantity-shipped": "1",
    "quantity-to-ship": "1",
    "shipment-id": "D{}",
    "shipment-item-id": "DI{}",
    "amazon-order-item-id": "5234747695730{}",
    "Date": "3/{}/26",
    "Rating": "2",
    "Order Date": DAY,
    "Impacts Account Health": "Yes",
    "Expected Ship Date": DAY,
    "Ship Confirmation Date": DAY,
    "Fulfillment": "MFN",
    "Negative Feedback": "Yes",
    "A-to-z Guarantee Claim": "No",
    "Chargeback": "No",
    "opened_at": DAY,
    "order-item-id": "5234747695730{}",
    "claim_type": "A-to-z",
    "status": "Granted",
    "funded_by": "Amazon",
    "counts_against_odr": "no",
    "confirmed_at": TIME,
    "carrier": "UPS",
    "posted_at": TIME,
    "sent_at": TIME,
    "answered_at": TIME,
    "sender": "buyer",
    "thread_id": "T-{}",
    "message_id": "M-{}",
    "automatic": "no",
    "no_response_needed": "no",
    "score": "{}",
    "solved": "yes",
    "id": "N-{}",
    "date": DAY,
    "category": "LISTING_POLICY",
    "severity": "High",
    "asin": "B00000000{}",
    "resolved_on": DAY,
    "noted_on": DAY,
    "state": "read",
    "units_on_hand": "{}",
    "counted_on": DAY,
    "Tracking ID": "P-{}",
    "Carrier Name": "UPS",
    "Product Category": "Home",
    "Promised Delivery Date": DAY,
    "Promised Delivery Date Without Extension": DAY,
    "Actual Delivery Date": DAY,
    "Valid Tracking": "yes",
    "No Valid Tracking": "X",
    "Delivered Late": "",
    "Quantity": "{}",
    "SKU": "MÜG-{}",
    "Return request date": "0{}-Mar-2026",
    "A-to-Z Claim": "N",
    "Merchant SKU": "MÜG-{}",
    "Refunded Amount": "{}.50",
    "Return quantity": "{}",
    "seller-sku": "MÜG-{}",
    "number": "A-{}",
    "bought": "2026-03-0{} 10:00",
    "is-buyer-requested-cancellation": "false",
}
UNSHIPPED = [
    "order-id",
    "order-item-id",
    "purchase-date",
    "payments-date",
    "reporting-date",
    "promise-date",
    "days-past-promise",
    *ORDER_REPORT[4:9],
    "quantity-purchased",
    "quantity-shipped",
    "quantity-to-ship",
    *ORDER_REPORT[15:24],
    "is-business-order",
    "purchase-order-number",
    "price-designation",
    "is-iba",
    "verge-of-cancellation",
    "verge-of-lateShipment",
]
FULFILLED = [
    *("amazon-order-id", "merchant-order-id", "shipment-id", "shipment-item-id", "amazon-order-item-id"),
    *("merchant-order-item-id", "purchase-date", "payments-date", "shipment-date", "reporting-date"),
    *ORDER_REPORT[4:9],
    "quantity-shipped",
    *ALL_ORDERS[15:22],
    *ORDER_REPORT[15:25],
    *(f"bill-{name}" for name in ("address-1", "address-2", "address-3", "city", "state", "postal-code", "country")),
    *("item-promotion-discount", "ship-promotion-discount", "carrier", "tracking-number", "estimated-arrival-date"),
    *("fulfillment-center-id", "fulfillment-channel", "sales-channel"),
]
ORDER_DEFECTS = ["Order Date", "Order ID", "Fulfillment", "Negative Feedback", "A-to-z Guarantee Claim", "Chargeback"]
OLD_ORDER_REPORT = ORDER_REPORT[:29]
JAPANESE_LISTINGS = [
    *(
        "商品名",
        "出品ID",
        "出品者SKU",
        "価格",
        "数量",
        "出品日",
        "商品IDタイプ",
        "コンディション説明",
        "コンディション",
    ),
    *(
        "国外へ配送可",
        "迅速な配送",
        "商品ID",
        "在庫数",
        "フルフィルメント・チャンネル",
        "merchant-shipping-group",
        "ステータス",
    ),
]
CHINESE_LISTINGS = [
    *("商品名称", "商品描述", "商品编码", "卖家 SKU", "价格", "数量", "开售日期", "不适用项目", "是否为商城中的商品"),
    *("商品编码类型", "不适用项目", "商品备注", "商品状况", *["不适用项目"] * 3, "ASIN1", *["不适用项目"] * 2),
    *("国际配送", "加急配送", "不适用项目", "商品编码", "不适用项目", "添加-删除", "等待购买数量", "配送渠道"),
    *("卖家配送组", "状态"),
]
GERMAN_FEEDBACK = ["Datum", "Bewertung", "Kommentare", "Ihre Antwort", "Bestellnummer", "E-Mail"]
MAPPED = ["number", "customer", "bought", "state", "e-mail"]
SOURCE = """
[[source]]
files = "mapped.csv"
table = "orders"
delimiter = ";"
datetime = "%Y-%m-%d %H:%M"
[source.columns]
order_id = "number"
purchased_at = "bought"
status = "state"
[source.values.status]
sent = "SHIPPED"
"""
LISTED = {"status": "Active", "fulfillment-channel": "DEFAULT"}
JAPANESE = {"出品者SKU": "湯のみ-{}", "数量": "{}", "フルフィルメント・チャンネル": "DEFAULT", "ステータス": "Active"}
CHINESE = {"卖家 SKU": "茶杯-{}", "数量": "{}", "配送渠道": "DEFAULT", "状态": "Active"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file: its header, and where it means something else by a heading than others do."""

    header: list[str]
    delimiter: str = ","
    own: dict[str, str] = field(default_factory=dict)
    marketplace: str = "US"
    encoding: str = "utf-8"


TABLES = {
    "all_orders.tsv": Kind(header=ALL_ORDERS, delimiter="\t"),
    "order_report.tsv": Kind(header=ORDER_REPORT, delimiter="\t"),
    "old_order_report.tsv": Kind(header=OLD_ORDER_REPORT, delimiter="\t"),
    "unshipped.tsv": Kind(header=UNSHIPPED, delimiter="\t"),
    "fulfilled.tsv": Kind(header=FULFILLED, delimiter="\t", own={"fulfillment-channel": "AFN"}),
    "feedback.tsv": Kind(header=FEEDBACK, delimiter="\t"),
    "late.csv": Kind(header=[*LATE, "Buyer"]),
    "cancelled.csv": Kind(header=[*CANCELLATIONS, "Buyer"]),
    "order_defects.csv": Kind(header=[*ORDER_DEFECTS, "Buyer"]),
    "claims.csv": Kind(header=[*CLAIMS, "comments"]),
    "confirmations.csv": Kind(header=[*CONFIRMATIONS, "recipient"]),
    "parcels.csv": Kind(header=[*PARCELS, "recipient"]),
    "messages.csv": Kind(header=[*MESSAGES, "buyer"]),
    "surveys.csv": Kind(header=[*SURVEYS, "comment"]),
    "notifications.csv": Kind(header=[*NOTIFICATIONS, "text"]),
    "stock.csv": Kind(header=[*STOCK, "counted by"]),
    "valid_tracking.csv": Kind(header=VALID_TRACKING),
    "no_valid_tracking.csv": Kind(header=NO_VALID_TRACKING),
    "deliveries.csv": Kind(header=[*DELIVERIES, "Buyer"]),
    "returns.tsv": Kind(header=RETURNS, delimiter="\t"),
    "all_listings.tsv": Kind(header=ALL_LISTINGS, delimiter="\t", own=LISTED),
    "open_listings.tsv": Kind(header=[*OPEN_LISTINGS, "note"], delimiter="\t"),
    "mapped.csv": Kind(header=MAPPED, delimiter=";", own={"state": "sent"}),
    "all_orders_jp.tsv": Kind(
        header=ALL_ORDERS, delimiter="\t", own={"sku": "湯-{}"}, marketplace="JP", encoding="cp932"
    ),
    "feedback_jp.tsv": Kind(
        header=FEEDBACK, delimiter="\t", own={"Date": "26/3/{}"}, marketplace="JP", encoding="cp932"
    ),
    "listings_jp.tsv": Kind(header=JAPANESE_LISTINGS, delimiter="\t", own=JAPANESE, marketplace="JP", encoding="cp932"),
    "listings_cn.tsv": Kind(header=CHINESE_LISTINGS, delimiter="\t", own=CHINESE, encoding="utf-16"),
    "feedback_de.csv": Kind(
        header=GERMAN_FEEDBACK,
        own={"Datum": "{}.3.26", "Bewertung": "2", "Bestellnummer": "111-1111111-000000{}"},
        marketplace="DE",
    ),
    "returns_de.tsv": Kind(header=RETURNS, delimiter="\t", own={"Refunded Amount": "1.00{},50"}, marketplace="DE"),
    "all_orders_de.csv": Kind(
        header=ALL_ORDERS, delimiter=";", own={"sales-channel": "Amazon.de"}, marketplace="DE", encoding="cp1252"
    ),
}
FILES = [*TABLES, *sound_documents.DOCUMENTS]


def grid(name: str, plant: Plant) -> Grid:
    """A header and nine rows."""
    kind = TABLES[name]
    cells = {**CELLS, **kind.own}
    rows = [
        [cells[name].format(number) if name in cells else plant(name) for name in kind.header]
        for number in range(1, 10)
    ]
    return [kind.header, *rows]


def written(name: str, cells: Grid) -> bytes:
    """The cells as a file of this kind holds them."""
    kind = TABLES[name]
    return "".join(kind.delimiter.join(row) + "\n" for row in cells).encode(kind.encoding, "replace")


def whole(name: str, plant: Plant) -> bytes:
    if name in sound_documents.DOCUMENTS:
        return sound_documents.whole(name, plant)
    return written(name, grid(name, plant))


def settings(name: str, max_reject: float) -> str:
    """The account.toml under which a file of this kind is sound."""
    marketplace = TABLES[name].marketplace if name in TABLES else "US"
    return f'marketplace = "{marketplace}"\nmax_reject = {max_reject}\n' + (SOURCE if name == "mapped.csv" else "")
