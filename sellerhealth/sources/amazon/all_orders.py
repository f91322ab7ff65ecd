"""All Orders: one row per order item, every channel and status; no ship-by date, not who cancelled.

Report types GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL and …_BY_LAST_UPDATE_GENERAL. In
Seller Central: Reports, Fulfilment, All Orders. Its columns come and go from year to year and from country to
country, so each is found by its name; only the newest number the lines of an order (`order-item-id`).

An order of Multi-Channel Fulfilment (`S01-...`) is a sale made elsewhere that Amazon ships. Its sales channel says
so, and its marketplace is OTHER: no metric counts it.
"""

from sellerhealth.sources.amazon.channels import CHANNEL, SPELLINGS
from sellerhealth.sources.layout import Field, Layout

STATUS = {
    "pending": "PENDING",
    "pendingavailability": "PENDING",
    "pending_availability": "PENDING",
    "pending - waiting for pick up": "UNSHIPPED",
    "unshipped": "UNSHIPPED",
    "invoiceunconfirmed": "UNSHIPPED",
    "invoice_unconfirmed": "UNSHIPPED",
    "shipping": "UNSHIPPED",
    "partiallyshipped": "PARTIALLY_SHIPPED",
    "shipped": "SHIPPED",
    "complete": "SHIPPED",
    "shipped - picked up": "SHIPPED",
    "shipped - out for delivery": "SHIPPED",
    "shipped - lost in transit": "SHIPPED",
    "shipped - damaged": "SHIPPED",
    "shipped - undeliverable": "SHIPPED",
    "shipped - delivered to buyer": "DELIVERED",
    "shipped - returned to seller": "RETURNED",
    "shipped - returning to seller": "RETURNED",
    "shipped - rejected by buyer": "RETURNED",
    "unfulfillable": "UNFULFILLABLE",
    "cancelled": "CANCELLED",
    "canceled": "CANCELLED",
}

LAYOUT = Layout(
    name="all_orders",
    label="the All Orders report",
    tables=("orders", "order_items"),
    key=("order_id", "sku", "item_id"),
    recency=("updated_at",),
    short_rows=True,
    fields=(
        Field(ours="order_id", theirs=("amazon-order-id",), kind="order_id", needed=True),
        Field(ours="purchased_at", theirs=("purchase-date",), kind="instant", needed=True),
        Field(ours="updated_at", theirs=("last-updated-date",), kind="instant"),
        Field(ours="status", theirs=("order-status",), kind="one_of", needed=True, values=STATUS),
        Field(
            ours="channel",
            theirs=SPELLINGS,
            kind="one_of",
            needed=True,
            values=CHANNEL,
        ),
        Field(ours="marketplace", theirs=("sales-channel",), kind="marketplace"),
        Field(ours="ship_service", theirs=("ship-service-level",), kind="text"),
        Field(ours="sku", theirs=("sku",), kind="text", needed=True),
        Field(ours="item_id", theirs=("order-item-id",), kind="digits"),
        Field(ours="item_status", theirs=("item-status",), kind="one_of", values=STATUS),
        Field(ours="quantity", theirs=("quantity",), kind="whole"),
    ),
)
