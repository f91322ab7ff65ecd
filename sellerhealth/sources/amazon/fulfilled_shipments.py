"""What Amazon shipped for the seller: one row per item of a shipment.

Report type GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL. In Seller Central: Reports, Fulfilment, Amazon Fulfilled
Shipments. It holds buyers' names and addresses; none of those columns is read.

No status is concluded: an order can be shipped in parts. `estimated-arrival-date` is an estimate and no promise, so
it is not read either. `quantity-shipped` stands for the units of an order only where no file of orders tells them.
"""

from sellerhealth.sources.amazon.order_report import BOUGHT, MARKETPLACE, SERVICE, SKU
from sellerhealth.sources.layout import Field, Layout

LAYOUT = Layout(
    name="fulfilled_shipments",
    label="the Amazon fulfilled shipments report",
    tables=("orders", "order_items", "packages"),
    key=("order_id", "package_id"),
    constants={"channel": "AFN"},
    fields=(
        Field(ours="order_id", theirs=("amazon-order-id",), kind="order_id", needed=True),
        Field(ours="package_id", theirs=("shipment-item-id",), kind="text", needed=True),
        BOUGHT,
        Field(ours="package_posted_at", theirs=("shipment-date",), kind="instant", needed=True),
        SKU,
        Field(ours="quantity", theirs=("quantity-shipped",), kind="whole", needed=True),
        SERVICE,
        Field(ours="package_carrier", theirs=("carrier",), kind="text"),
        Field(ours="package_warehouse", theirs=("fulfillment-center-id",), kind="code"),
        MARKETPLACE,
    ),
)
