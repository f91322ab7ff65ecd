"""The order report with ship-by dates: one row per item of an order shipped by the seller.

Report types GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING, …_INVOICING and …_TAX. In Seller Central:
Orders, Order Reports. It holds buyers' names and addresses; none of those columns is read.
"""

from sellerhealth.sources.layout import Field, Layout

LAYOUT = Layout(
    name="order_report",
    label="the order report with ship-by dates",
    tables=("orders", "order_items"),
    key=("order_id", "sku", "item_id"),
    short_rows=True,
    constants={"channel": "MFN"},
    fields=(
        Field(ours="order_id", theirs=("order-id",), kind="order_id", needed=True),
        Field(ours="purchased_at", theirs=("purchase-date",), kind="instant", needed=True),
        Field(ours="ship_by_at", theirs=("latest-ship-date",), kind="instant", needed=True),
        Field(ours="deliver_by_at", theirs=("latest-delivery-date",), kind="instant"),
        Field(ours="ship_service", theirs=("ship-service-level",), kind="text"),
        Field(ours="marketplace", theirs=("sales-channel",), kind="marketplace"),
        Field(ours="sku", theirs=("sku",), kind="text", needed=True),
        Field(ours="item_id", theirs=("order-item-id",), kind="digits"),
        Field(ours="quantity", theirs=("quantity-purchased",), kind="whole"),
    ),
)
