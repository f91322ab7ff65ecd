"""Seller feedback, one to three stars: Amazon's file never holds the better ones.

Report type GET_SELLER_FEEDBACK_DATA. In Seller Central: Performance, Feedback, download. Comments and
the rater's e-mail address are not read.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout


def layout(place: Marketplace, zone: str) -> Layout:
    """The layout as this marketplace writes it: the day's order and its two-digit year differ."""
    return Layout(
        name="seller_feedback",
        label="the seller feedback report",
        tables=("feedback",),
        key=("order_id", "rated_on", "rating"),
        short_rows=True,
        fields=(
            Field(
                ours="rated_on",
                theirs=("Date",),
                kind="day",
                needed=True,
                formats=days(place, short_year=True),
                zone=zone,
            ),
            Field(ours="rating", theirs=("Rating",), kind="whole", needed=True),
            Field(ours="order_id", theirs=("Order ID",), kind="order_id", needed=True),
        ),
    )
