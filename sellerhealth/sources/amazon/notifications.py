"""The policy notifications of Account Health, noted by the seller: most of them cannot be downloaded.

A notification is noted again when it moves on; every note is kept, so that it stands on each day as it stood then.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout

CATEGORY = {
    "suspected intellectual property violations": "INTELLECTUAL_PROPERTY_SUSPECTED",
    "received intellectual property complaints": "INTELLECTUAL_PROPERTY_RECEIVED",
    "product authenticity customer complaints": "PRODUCT_AUTHENTICITY",
    "product condition customer complaints": "PRODUCT_CONDITION",
    "product safety customer complaints": "PRODUCT_SAFETY",
    "food and product safety issues": "FOOD_AND_PRODUCT_SAFETY",
    "listing policy violations": "LISTING_POLICY",
    "restricted product policy violations": "RESTRICTED_PRODUCT",
    "customer product reviews policy violations": "CUSTOMER_REVIEWS",
    "document requests": "DOCUMENT_REQUEST",
    "other policy violations": "OTHER_POLICY",
}
STATE = {"new": "UNREAD", "open": "UNREAD", "appealed": "UNDER_REVIEW", "closed": "RESOLVED"}


def layout(place: Marketplace, zone: str) -> Layout:
    """The notifications CSV; data/README.md lists its columns."""
    return Layout(
        name="notifications",
        label="the notifications CSV",
        tables=("notifications",),
        key=("notification_id", "notified_on", "category", "asin", "noted_on"),
        recency=("state",),
        never=("order_id", "order-id", "Order ID"),
        delimiter=",",
        quoted=True,
        fields=(
            _day(place, zone, "notified_on", "date", "notified_on"),
            Field(ours="category", theirs=("category",), kind="one_of", needed=True, values=CATEGORY),
            Field(ours="state", theirs=("state", "status"), kind="one_of", needed=True, values=STATE),
            Field(ours="severity", theirs=("severity",), kind="one_of"),
            Field(ours="asin", theirs=("asin",), kind="text"),
            _day(place, zone, "resolved_on", "resolved_on", "resolved_at"),
            _day(place, zone, "noted_on", "noted_on", "noted_at"),
            Field(ours="notification_id", theirs=("id", "notification_id"), kind="text"),
        ),
    )


def _day(place: Marketplace, zone: str, ours: str, *theirs: str) -> Field:
    return Field(ours=ours, theirs=theirs, kind="day", needed=ours == "notified_on", formats=days(place), zone=zone)
