"""The valid tracking download of Account Health: one row per package, and whether its tracking is valid.

It comes in two forms: one says yes or no, the other marks with an X what is not valid. Of today's four columns of
criteria no name is published, so only those that Amazon's help pages name are read; any other is refused.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout

VALID = ("Valid Tracking", "Has Valid Tracking Number")
NOT_VALID = ("No Valid Tracking",)


def valid(place: Marketplace, zone: str) -> Layout:
    """The download with a column that says yes or no."""
    return _listed(place, zone, Field(ours="has_valid_tracking", theirs=VALID, kind="flag", needed=True))


def marked(place: Marketplace, zone: str) -> Layout:
    """The download with a column that marks the packages without valid tracking."""
    mark = Field(ours="has_valid_tracking", theirs=NOT_VALID, kind="unless_marked", needed=True, may_be_blank=True)
    return _listed(place, zone, mark)


def _listed(place: Marketplace, zone: str, verdict: Field) -> Layout:
    # One name for both forms: of a package that stands in both, one row is used.
    return Layout(
        name="valid_tracking_download",
        label="the valid tracking download of Account Health",
        tables=("tracking",),
        key=("order_id", "package_id", "tracking_promised_on"),
        recency=("has_valid_tracking",),
        delimiter=",",
        quoted=True,
        fields=(
            Field(ours="order_id", theirs=("Order ID", "order-id"), kind="order_id", needed=True),
            Field(ours="package_id", theirs=("Tracking ID",), kind="text", needed=True, may_be_blank=True),
            Field(
                ours="tracking_promised_on",
                theirs=("Promised Delivery Date",),
                kind="day",
                needed=True,
                formats=days(place),
                zone=zone,
            ),
            verdict,
            Field(ours="tracking_carrier", theirs=("Carrier Name", "Carrier"), kind="text"),
            Field(ours="product_category", theirs=("Product Category",), kind="text"),
        ),
    )
