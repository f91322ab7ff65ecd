"""The input tables: one row per what, which columns, of which type, meaning what.

Every reader ends in one of these. Columns not listed here do not exist for the program, so a buyer's
name, address, telephone number or e-mail address cannot enter a frame.
"""

import dataframely as dy
import polars as pl

from sellerhealth.definition.columns import (
    CHANNELS,
    CLAIM_STATUSES,
    CLAIM_TYPES,
    LISTED_METRICS,
    LISTING_STATES,
    NOTIFICATION_STATES,
    PARTIES,
    SEVERITIES,
    STATUSES,
    TOPICS,
    VIOLATIONS,
    day,
    instant,
    one_of,
    text,
)


class Orders(dy.Schema):
    """One row per order."""

    order_id = text("the order", nullable=False)
    marketplace = text(
        "country code of the marketplace it was sold on; OTHER when not on Amazon; empty: the account's own"
    )
    purchased_at = instant("when the buyer bought")
    updated_at = instant("when the order last changed, as the file says")
    status = one_of(STATUSES, "where the order stands; an empty one is open")
    channel = one_of(CHANNELS, "who ships: MFN the seller, AFN Amazon; empty: the seller")
    cancelled_by = one_of(PARTIES, "who cancelled; empty when the file does not say")
    cancelled_at = instant("when it was cancelled")
    ship_by_at = instant("the last moment to confirm shipment")
    confirmed_at = instant("when the shipment confirmation reached Amazon")
    deliver_by_at = instant("the last moment of the promised delivery")
    delivered_at = instant("when it was delivered")
    carrier = text("who carried it")
    ship_service = text("the shipping service the buyer chose")
    posted_at = instant("when it was handed to the carrier, by your own books; that is no confirmation")


class OrderItems(dy.Schema):
    """One row per order and SKU."""

    order_id = text("the order", nullable=False)
    sku = text("the seller's own product number", nullable=False)
    item_status = one_of(STATUSES, "where this item stands")
    quantity = dy.Int64(nullable=True, min=0, description="units")
    item_ship_by_at = instant(
        "the last moment to ship this item, where files promise by item; an order's is its last item's"
    )
    item_id = text("the line of the order, where files number them")


class Packages(dy.Schema):
    """One row per shipment confirmation, or parcel handed over."""

    order_id = text("the order", nullable=False)
    package_confirmed_at = instant("when the confirmation reached Amazon")
    package_posted_at = instant("when the parcel was handed to the carrier; that is no confirmation")
    package_carrier = text("who carried it")
    package_warehouse = text("the warehouse it left from; Amazon's are named by three letters and a digit")
    package_id = text("what tells the packages of an order apart")
    package_created_at = instant("when Amazon first knew of the package: shipment was confirmed then or later")


class Unshipped(dy.Schema):
    """One row per order and day on which Amazon's report of unshipped orders listed it."""

    order_id = text("the order", nullable=False)
    promise_on = day("day it had to be shipped by, marketplace time")
    days_past_promise = dy.Int64(
        nullable=True, min=-400, max=400, description="days since then when the report was made; below 0: days left"
    )


class Feedback(dy.Schema):
    """One row per seller feedback."""

    order_id = text("the order", nullable=False)
    rated_on = day("day the feedback was received, marketplace time")
    rated_at = instant("when it was received, where the file says; Amazon's own gives the day only")
    rating = dy.Int64(nullable=False, min=1, max=5, description="stars, 1 to 5")
    removed_on = day("day the feedback was removed; empty while it stands")
    first_seen_on = day("first day a file of the account told of it, as far as is remembered")


class Claims(dy.Schema):
    """One row per A-to-z claim or credit card chargeback."""

    order_id = text("the order", nullable=False)
    claim_type = dy.Enum(CLAIM_TYPES, nullable=False, description="A-to-z claim or credit card chargeback")
    opened_on = day("day it was opened, marketplace time")
    claim_status = one_of(CLAIM_STATUSES, "how it stands")
    funded_by = one_of(PARTIES, "who paid the buyer; AMAZON does not count against the seller under today's rules")
    claim_updated_on = day("day this state was noted; the latest note is used")
    counts_against_odr = dy.Bool(nullable=True, description="Amazon's own word on whether it counts, where known")
    first_seen_on = day("first day a file of the account told of it, as far as is remembered")


class AmazonDefects(dy.Schema):
    """One row per order on a list of defects downloaded from Account Health."""

    order_id = text("the order", nullable=False)
    metric = dy.Enum(LISTED_METRICS, nullable=False, description="the metric whose list it is")
    ordered_on = day("day of the order, marketplace time")
    impacts_account_health = dy.Bool(nullable=True, description="whether Amazon counts it")
    listed_ship_by_at = instant("expected ship date, as listed")
    listed_confirmed_at = instant("ship confirmation, as listed")
    listed_channel = one_of(CHANNELS, "who ships, as listed; empty where the list does not say")
    listed_feedback = dy.Bool(nullable=True, description="listed for negative feedback")
    listed_claim = dy.Bool(nullable=True, description="listed for an A-to-z claim")
    listed_chargeback = dy.Bool(nullable=True, description="listed for a chargeback")


class Coverage(dy.Schema):
    """One row per downloaded list of defects: the order days it covers, from its first order to its last."""

    metric = dy.Enum(LISTED_METRICS, nullable=False, description="the metric whose list it is")
    covers_from = day("day of the first order on the list")
    covers_to = day("day of the last order on the list")
    covers_channel = one_of(CHANNELS, "whose orders it lists; empty: of every channel")


class Returns(dy.Schema):
    """One row per product sent back, or asked to be."""

    order_id = text("the order", nullable=False)
    sku = text("the seller's own product number", nullable=False)
    returned_on = day("day the return was asked for, marketplace time")
    refunded = dy.Float64(nullable=True, min=0, description="what the buyer got back; empty when not told")
    return_has_claim = dy.Bool(nullable=True, description="whether an A-to-z claim was filed for it; not how it ended")


class Tracking(dy.Schema):
    """One row per package whose tracking Amazon judged."""

    order_id = text("the order", nullable=False)
    package_id = text("what tells the packages of an order apart")
    tracking_promised_on = day("promised delivery, marketplace time")
    tracking_carrier = text("who carried it")
    product_category = text("Amazon's product category")
    has_valid_tracking = dy.Bool(nullable=True, description="whether it had a scan, in time and by the named carrier")


class Deliveries(dy.Schema):
    """One row per order and SKU whose delivery Amazon judged."""

    order_id = text("the order", nullable=False)
    sku = text("the seller's own product number", nullable=False)
    units = dy.Int64(nullable=True, min=0, description="how many were in it; 1 when empty")
    delivery_promised_on = day("promised delivery without extension")
    delivery_arrived_on = day("delivered, or first tried")
    delivery_carrier = text("who carried it")
    is_on_time = dy.Bool(nullable=True, description="Amazon's own word on whether it came in time")


class Messages(dy.Schema):
    """One row per message between a buyer and the seller. No text is kept."""

    thread_id = text("the conversation", nullable=False)
    message_id = text("the message, where files number them")
    order_id = text("the order it is about, where there is one")
    sender = dy.Enum(PARTIES, nullable=False, description="who wrote it")
    sent_at = instant("when it was sent")
    needs_no_response = dy.Bool(nullable=True, description="marked as needing no response")
    is_automatic = dy.Bool(nullable=True, description="sent by a machine, as the file says")
    topic = one_of(TOPICS, "what it is about, by the word lists; the words are not kept")
    text_mark = dy.UInt64(nullable=True, description="a number that is the same for the same text")


class Surveys(dy.Schema):
    """One row per answer of a buyer to the survey after a contact."""

    thread_id = text("the conversation it is about", nullable=False)
    answered_at = instant("when the buyer answered")
    score = dy.Int64(nullable=True, min=0, max=10, description="how content, 0 to 10")
    is_solved = dy.Bool(nullable=True, description="whether it solved the problem")


class Notifications(dy.Schema):
    """One row per note on a policy notification: how it stood on that day."""

    notification_id = text("the notification, where it has a number")
    notified_on = day("day it came")
    category = dy.Enum(VIOLATIONS, nullable=False, description="which policy")
    severity = one_of(SEVERITIES, "how grave, as Amazon shows it")
    asin = text("the product it is about")
    state = dy.Enum(NOTIFICATION_STATES, nullable=False, description="how it stands")
    resolved_on = day("day it was resolved")
    noted_on = day("day this state was noted; the latest note up to the day looked at is used")


class Listings(dy.Schema):
    """One row per SKU and listing report."""

    sku = text("the seller's own product number", nullable=False)
    listed_on = day("day of the report; empty: as things are now")
    listed_units = dy.Int64(nullable=True, min=0, description="units offered; empty when Amazon ships")
    listing_channel = one_of(CHANNELS, "who ships: MFN the seller, AFN Amazon")
    listing_state = one_of(LISTING_STATES, "whether it can be bought")


class Stock(dy.Schema):
    """One row per SKU and count of the shelves."""

    sku = text("the seller's own product number", nullable=False)
    counted_on = day("day of the count, at its end; empty: as things are now")
    units_on_hand = dy.Int64(nullable=False, min=0, description="units held")


class Performance(dy.Schema):
    """One row per figure of Amazon's own performance report."""

    marketplace = text("country code of the marketplace")
    figure = text("which figure, in the words of the report", nullable=False)
    figure_from = day("first day it covers")
    figure_to = day("last day it covers")
    figure_count = dy.Int64(nullable=True, min=0, description="what it counts")
    figure_out_of = dy.Int64(nullable=True, min=0, description="out of how many")
    figure_rate = dy.Float64(nullable=True, description="Amazon's own rate, a share, or a score")
    figure_target = dy.Float64(nullable=True, description="Amazon's own target")
    figure_status = text("Amazon's own verdict")


TABLES: dict[str, type[dy.Schema]] = {
    "orders": Orders,
    "order_items": OrderItems,
    "packages": Packages,
    "unshipped": Unshipped,
    "feedback": Feedback,
    "claims": Claims,
    "amazon_defects": AmazonDefects,
    "coverage": Coverage,
    "returns": Returns,
    "tracking": Tracking,
    "deliveries": Deliveries,
    "messages": Messages,
    "surveys": Surveys,
    "notifications": Notifications,
    "listings": Listings,
    "stock": Stock,
    "performance": Performance,
}

KEYS: dict[str, tuple[str, ...]] = {
    "orders": ("order_id",),
    "order_items": ("order_id", "sku"),
    "packages": ("order_id", "package_confirmed_at"),
    "unshipped": ("order_id", "promise_on", "days_past_promise"),
    "feedback": ("order_id", "rated_on", "rating"),
    "claims": ("order_id", "claim_type", "opened_on"),
    "amazon_defects": ("order_id", "metric"),
    "coverage": ("metric", "covers_from", "covers_to"),
    "returns": ("order_id", "sku", "returned_on"),
    "tracking": ("order_id", "package_id", "tracking_promised_on"),
    "deliveries": ("order_id", "sku", "delivery_promised_on"),
    "messages": ("thread_id", "sender", "sent_at"),
    "surveys": ("thread_id", "answered_at"),
    "notifications": ("notification_id", "notified_on", "category", "asin", "noted_on"),
    "listings": ("sku", "listed_on"),
    "stock": ("sku", "counted_on"),
    "performance": ("marketplace", "figure", "figure_from", "figure_to"),
}
"""The natural key of each table: rows that share it are the same thing, told twice."""

COLUMNS: dict[str, dy.Column] = {
    name: column for schema in TABLES.values() for name, column in schema.columns().items()
}
"""Every column of every table; a name means the same wherever it stands."""

EVERY_UNSHIPPED = "unshipped.every_order"
"""What reports of unshipped orders provide in a folder of one marketplace: an order not listed was not open."""

EVERY_PACKAGE = "tracking.every_package"
EVERY_UNIT = "deliveries.every_unit"
"""What a list of packages, or of deliveries, provides that holds good ones too, and so says out of how many."""

EVERY_STAR = "feedback.every_star"
"""What a file of feedback provides that holds good ratings too; Amazon's own holds one to three stars."""


def empty(table: str) -> pl.LazyFrame:
    """The table without rows, with all its columns and an `account` column.

    Example:
        >>> empty("coverage").collect_schema().names()
        ['account', 'metric', 'covers_from', 'covers_to', 'covers_channel']
    """
    columns = {name: column.dtype for name, column in TABLES[table].columns().items()}
    return pl.LazyFrame(schema={"account": pl.String(), **columns})
