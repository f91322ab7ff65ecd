"""The seller's own count of the shelves."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout


def layout(place: Marketplace, zone: str) -> Layout:
    """The stock CSV; a count without a day is of now."""
    return Layout(
        name="stock",
        label="the stock CSV",
        tables=("stock",),
        key=("sku", "counted_on"),
        delimiter=",",
        quoted=True,
        fields=(
            Field(ours="sku", theirs=("sku", "seller-sku"), kind="text", needed=True),
            Field(
                ours="units_on_hand",
                theirs=("units_on_hand", "units on hand", "on_hand", "on hand"),
                kind="whole",
                needed=True,
            ),
            Field(
                ours="counted_on",
                theirs=("counted_on", "counted on", "counted_at"),
                kind="day",
                formats=days(place),
                zone=zone,
            ),
        ),
    )
