"""The order report: one row per item of an order shipped by the seller.

Report types GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING, ..._INVOICING and ..._TAX, and the older
GET_FLAT_FILE_ORDERS_DATA. In Seller Central: Orders, Order Reports. It holds buyers' names and addresses; none of
those columns is read.

An order may go on over several lines; those after the first leave blank what stays the same. That a buyer asked for
a cancellation (`is-buyer-requested-cancellation`) is not read: an order asked to be cancelled may still be shipped,
and the report does not say who cancelled it in the end.
"""

from sellerhealth.sources.layout import Field, Layout

ORDER = Field(ours="order_id", theirs=("order-id",), kind="order_id", needed=True)
BOUGHT = Field(ours="purchased_at", theirs=("purchase-date",), kind="instant", needed=True)
SKU = Field(ours="sku", theirs=("sku",), kind="text", needed=True)
ITEM = Field(ours="item_id", theirs=("order-item-id",), kind="digits")
QUANTITY = Field(ours="quantity", theirs=("quantity-purchased",), kind="whole")
SERVICE = Field(ours="ship_service", theirs=("ship-service-level",), kind="text")
MARKETPLACE = Field(ours="marketplace", theirs=("sales-channel",), kind="marketplace")
SHARED = (SERVICE, MARKETPLACE, SKU, ITEM, QUANTITY)
PROMISES = (
    "earliest-ship-date",
    "latest-ship-date",
    "earliest-delivery-date",
    "latest-delivery-date",
    "promise-date",
    "days-past-promise",
)
"""A report that has one of them is no older one: it only lacks another, and is refused by its name."""


def promising() -> Layout:
    """The report as it is today, with the last day to ship each order."""
    return _layout(
        "order_report",
        "the order report with ship-by dates",
        ORDER,
        BOUGHT,
        Field(ours="ship_by_at", theirs=("latest-ship-date",), kind="instant", needed=True),
        Field(ours="deliver_by_at", theirs=("latest-delivery-date",), kind="instant"),
        *SHARED,
    )


def older() -> Layout:
    """The report of accounts whose layout promises nothing."""
    return _layout(
        "order_report_without_promises",
        "the order report without ship-by dates",
        ORDER,
        BOUGHT,
        *SHARED,
        marks=(("payments-date",),),
        never=PROMISES,
    )


def _layout(
    name: str,
    label: str,
    *fields: Field,
    marks: tuple[tuple[str, ...], ...] = (),
    never: tuple[str, ...] = (),
) -> Layout:
    return Layout(
        name=name,
        label=label,
        tables=("orders", "order_items"),
        key=("order_id", "sku", "item_id"),
        constants={"channel": "MFN"},
        marks=marks,
        never=never,
        continues=("purchased_at", "ship_by_at", "deliver_by_at", "ship_service", "marketplace", "sku"),
        fields=fields,
    )
