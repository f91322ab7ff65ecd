"""The on-time delivery download of Account Health: one row per order and SKU, promise and arrival."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout


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
                theirs=("Promised Delivery Date Without Extension", "Promised Delivery Date (Without Extension)"),
                kind="day",
                needed=True,
                formats=days(place),
                zone=zone,
            ),
            Field(
                ours="delivery_arrived_on",
                theirs=("Actual Delivery Date",),
                kind="day",
                needed=True,
                may_be_blank=True,
                formats=days(place),
                zone=zone,
            ),
            Field(ours="units", theirs=("Quantity", "Units"), kind="whole"),
            Field(ours="delivery_carrier", theirs=("Carrier Name", "Carrier"), kind="text"),
            Field(ours="is_on_time", theirs=("Delivered Late",), kind="unless_marked"),
        ),
    )
