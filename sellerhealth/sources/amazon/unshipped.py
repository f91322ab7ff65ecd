"""The unshipped orders report: one row per item of an order whose shipment was not confirmed when it was made.

Report type GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING. In Seller Central: Orders, Order Reports, Unshipped
Orders. It holds buyers' names and addresses; none of those columns is read.

Keep one a day: an order that yesterday's report lists and today's does not was confirmed or cancelled in between.
The report was made on the day `promise_on` + `days_past_promise`, or on the day after: it is not published whether
Amazon counts days of the calendar, or full days of 24 hours. `reporting-date` is not that moment: it differs from row
to row, by the order. That an order is unshipped is true of that day only, so no row tells a status. What is shipped the
same day is on none of them, so their promises fill no order's ship-by date: a rate of the orders that waited would be
too high.
"""

from sellerhealth.definition.tables import EVERY_UNSHIPPED
from sellerhealth.sources.amazon.order_report import BOUGHT, ITEM, MARKETPLACE, ORDER, QUANTITY, SERVICE, SKU
from sellerhealth.sources.layout import Field, Layout

PROMISE = ("promise-date",)
"""The end of the last day to ship: a moment in UTC."""


def layout(zone: str) -> Layout:
    """The report; the day of the promise is a day of the marketplace's zone."""
    return Layout(
        name="unshipped_orders",
        label="the unshipped orders report",
        tables=("orders", "order_items", "unshipped"),
        key=("order_id", "sku", "item_id", "promise_on", "days_past_promise"),
        constants={"channel": "MFN"},
        is_kept=True,
        partial=("orders", "order_items"),
        also_provides=(EVERY_UNSHIPPED,),
        fields=(
            ORDER,
            BOUGHT,
            Field(ours="promise_on", theirs=PROMISE, kind="day", zone=zone, needed=True),
            Field(ours="days_past_promise", theirs=("days-past-promise",), kind="signed", needed=True),
            SERVICE,
            MARKETPLACE,
            SKU,
            ITEM,
            QUANTITY,
        ),
    )
