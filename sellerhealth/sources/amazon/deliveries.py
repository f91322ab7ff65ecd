"""The on-time delivery download of Account Health: one row per order and SKU, promise and arrival.

Its exact header is not published, so several spellings are accepted. It knows two promises; the one without
extension counts. A moment may be written in GMT and, in brackets, once more in the marketplace's zone, with two digits
for the year; its day is the marketplace's. When shipment was confirmed is not read: the download lists tracked units
that were delivered, and beside them every other order would look as if it had never been confirmed.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import ORDERS, days
from sellerhealth.sources.layout import Field, Layout

PROMISED = (
    "Promised Delivery Date Without Extension",
    "Promised Delivery Date (Without Extension)",
    "Promised Delivery Date Without Promise Extension",
    "Promised Delivery Date Without a Promise Extension",
    "Promised Delivery Date (Without Promise Extension)",
)
ARRIVED = ("Actual Delivery Date", "Actual Delivery Date and Time")
LATE = (
    "Delivered Late",
    "Delivered Late Without Extension",
    "Delivered Late (Without Extension)",
    "Delivered Late Without Promise Extension",
    "Delivered Late Without a Promise Extension",
    "Delivered Late (Without Promise Extension)",
)


def layout(place: Marketplace, zone: str) -> Layout:
    """The download; what has not arrived yet has no delivery date."""
    return Layout(
        name="on_time_delivery_download",
        label="the on-time delivery download of Account Health",
        tables=("deliveries",),
        key=("order_id", "sku", "delivery_promised_on"),
        recency=("delivery_arrived_on",),
        delimiter=",",
        quoted=True,
        fields=(
            Field(ours="order_id", theirs=("Order ID", "order-id"), kind="order_id", needed=True),
            Field(ours="sku", theirs=("SKU",), kind="text", needed=True),
            Field(
                ours="delivery_promised_on",
                theirs=PROMISED,
                kind="day",
                needed=True,
                formats=_days(place),
                zone=zone,
            ),
            Field(
                ours="delivery_arrived_on",
                theirs=ARRIVED,
                kind="day",
                needed=True,
                may_be_blank=True,
                formats=_days(place),
                zone=zone,
            ),
            Field(ours="units", theirs=("Quantity", "Units", "Unit Count"), kind="whole"),
            Field(ours="delivery_carrier", theirs=("Carrier Name", "Carrier"), kind="text"),
            Field(ours="is_on_time", theirs=LATE, kind="unless_marked"),
        ),
    )


def _days(place: Marketplace) -> tuple[str, ...]:
    short = ORDERS[place.date_order].replace("%Y", "%y")
    # Two digits come first: a year of four would take them for the year 26.
    return (f"{short} %H:%M:%S", *days(place))
