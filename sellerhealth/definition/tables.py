"""The input tables: one row per what, which columns, of which type, meaning what.

Every reader ends in one of these. Columns not listed here do not exist for the program, so a buyer's
name, address, telephone number or e-mail address cannot enter a frame.
"""

from datetime import UTC, date, datetime

import dataframely as dy
import polars as pl

STATUSES = (
    "PENDING",
    "UNSHIPPED",
    "PARTIALLY_SHIPPED",
    "SHIPPED",
    "DELIVERED",
    "RETURNED",
    "UNFULFILLABLE",
    "CANCELLED",
)
CHANNELS = ("MFN", "AFN")
PARTIES = ("SELLER", "BUYER", "AMAZON")
CLAIM_TYPES = ("A_TO_Z", "CHARGEBACK")
CLAIM_STATUSES = ("PENDING", "WITHDRAWN", "DENIED", "GRANTED")
"""In the order in which a claim can move: a decided state supersedes an undecided one."""
LISTED_METRICS = ("late_dispatch_rate", "cancellation_rate")

FIRST_DAY = date(1995, 1, 1)
"""Amazon sold nothing before 1995: an earlier date is a reading error."""
FIRST_MOMENT = datetime(1995, 1, 1, tzinfo=UTC)


def _text(meaning: str, *, nullable: bool = True) -> dy.String:
    return dy.String(nullable=nullable, min_length=1, max_length=200, description=meaning)


def _instant(meaning: str) -> dy.Datetime:
    return dy.Datetime(nullable=True, time_zone="UTC", min=FIRST_MOMENT, description=meaning)


def _day(meaning: str) -> dy.Date:
    return dy.Date(nullable=True, min=FIRST_DAY, description=meaning)


def _one_of(values: tuple[str, ...], meaning: str) -> dy.Enum:
    return dy.Enum(values, nullable=True, description=meaning)


class Orders(dy.Schema):
    """One row per order."""

    order_id = _text("the order", nullable=False)
    marketplace = _text(
        "country code of the marketplace it was sold on; OTHER when not on Amazon; empty: the account's own"
    )
    purchased_at = _instant("when the buyer bought")
    updated_at = _instant("when the order last changed, as the file says")
    status = _one_of(STATUSES, "where the order stands; an empty one is open")
    channel = _one_of(CHANNELS, "who ships: MFN the seller, AFN Amazon; empty: the seller")
    cancelled_by = _one_of(PARTIES, "who cancelled; empty when the file does not say")
    cancelled_at = _instant("when it was cancelled")
    ship_by_at = _instant("the last moment to confirm shipment")
    confirmed_at = _instant("when the shipment confirmation reached Amazon")
    deliver_by_at = _instant("the last moment of the promised delivery")
    delivered_at = _instant("when it was delivered")
    carrier = _text("who carried it")
    ship_service = _text("the shipping service the buyer chose")


class OrderItems(dy.Schema):
    """One row per order and SKU."""

    order_id = _text("the order", nullable=False)
    sku = _text("the seller's own product number", nullable=False)
    item_status = _one_of(STATUSES, "where this item stands")
    quantity = dy.Int64(nullable=True, min=0, description="units")
    item_ship_by_at = _instant(
        "the last moment to ship this item, where files promise by item; an order's is its last item's"
    )
    item_id = _text("the line of the order, where files number them")


class Packages(dy.Schema):
    """One row per shipment confirmation."""

    order_id = _text("the order", nullable=False)
    package_confirmed_at = _instant("when the confirmation reached Amazon")
    package_carrier = _text("who carried it")


class Feedback(dy.Schema):
    """One row per seller feedback."""

    order_id = _text("the order", nullable=False)
    rated_on = _day("day the feedback was received, marketplace time")
    rated_at = _instant("when it was received, where the file says; Amazon's own gives the day only")
    rating = dy.Int64(nullable=False, min=1, max=5, description="stars, 1 to 5")
    removed_on = _day("day the feedback was removed; empty while it stands")


class Claims(dy.Schema):
    """One row per A-to-z claim or credit card chargeback."""

    order_id = _text("the order", nullable=False)
    claim_type = dy.Enum(CLAIM_TYPES, nullable=False, description="A-to-z claim or credit card chargeback")
    opened_on = _day("day it was opened, marketplace time")
    claim_status = _one_of(CLAIM_STATUSES, "how it stands")
    funded_by = _one_of(PARTIES, "who paid the buyer; AMAZON does not count against the seller under today's rules")
    claim_updated_on = _day("day this state was noted; the latest note is used")
    counts_against_odr = dy.Bool(nullable=True, description="Amazon's own word on whether it counts, where known")


class AmazonDefects(dy.Schema):
    """One row per order on a list of defects downloaded from Account Health."""

    order_id = _text("the order", nullable=False)
    metric = dy.Enum(LISTED_METRICS, nullable=False, description="the metric whose list it is")
    ordered_on = _day("day of the order, marketplace time")
    impacts_account_health = dy.Bool(nullable=True, description="whether Amazon counts it")
    listed_ship_by_at = _instant("expected ship date, as listed")
    listed_confirmed_at = _instant("ship confirmation, as listed")


class Coverage(dy.Schema):
    """One row per downloaded list of defects: the order days it covers, from its first order to its last."""

    metric = dy.Enum(LISTED_METRICS, nullable=False, description="the metric whose list it is")
    covers_from = _day("day of the first order on the list")
    covers_to = _day("day of the last order on the list")


TABLES: dict[str, type[dy.Schema]] = {
    "orders": Orders,
    "order_items": OrderItems,
    "packages": Packages,
    "feedback": Feedback,
    "claims": Claims,
    "amazon_defects": AmazonDefects,
    "coverage": Coverage,
}

KEYS: dict[str, tuple[str, ...]] = {
    "orders": ("order_id",),
    "order_items": ("order_id", "sku"),
    "packages": ("order_id", "package_confirmed_at"),
    "feedback": ("order_id", "rated_on", "rating"),
    "claims": ("order_id", "claim_type", "opened_on"),
    "amazon_defects": ("order_id", "metric"),
    "coverage": ("metric", "covers_from", "covers_to"),
}
"""The natural key of each table: rows that share it are the same thing, told twice."""

COLUMNS: dict[str, dy.Column] = {
    name: column for schema in TABLES.values() for name, column in schema.columns().items()
}
"""Every column of every table; a name means the same wherever it stands."""


def empty(table: str) -> pl.LazyFrame:
    """The table without rows, with all its columns and an `account` column.

    Example:
        >>> empty("coverage").collect_schema().names()
        ['account', 'metric', 'covers_from', 'covers_to']
    """
    columns = {name: column.dtype for name, column in TABLES[table].columns().items()}
    return pl.LazyFrame(schema={"account": pl.String(), **columns})
